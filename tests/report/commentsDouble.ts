import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request that the double received. */
export interface SeenRequest {
    method: string;
    path: string;
    token: string | undefined;
    body?: string;
}

/** An answer that replaces the real one. */
export interface ApiError {
    status: number;
    headers?: Record<string, string>;
    body?: string;
}

/** A local server with the comments of one pull or merge request, as GitHub and GitLab serve them. */
export interface CommentsDouble {
    url: string;
    requests: SeenRequest[];
    comments: { id: number; body: string }[];
    /** Answers for the next requests, one for each. */
    refusals: ApiError[];
    close(): Promise<void>;
}

/** GitHub refuses longer ones with 422 (reference: "body is too long (maximum is 65536 characters)"). */
const mostCharacters = 65_536;

export async function commentsDouble(): Promise<CommentsDouble> {
    const double = {
        requests: [] as SeenRequest[],
        comments: [] as CommentsDouble["comments"],
        refusals: [] as ApiError[],
    };
    const server = createServer((request, response) => void serve(double, request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${portOf(server)}`;
    return Object.assign(double, {
        url,
        close: () => new Promise<void>((resolve) => void server.close(() => resolve())),
    });
}

function portOf(server: Server): number {
    const address: AddressInfo | string | null = server.address();
    if (address === null || typeof address === "string") throw new Error("the double has no port");
    return address.port;
}

type Served = Pick<CommentsDouble, "requests" | "comments" | "refusals">;

async function serve(double: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = request;
    const sent = await text(request);
    const body: string | undefined = sent === "" ? undefined : JSON.parse(sent).body;
    const gitLabToken = headers["private-token"];
    const token = headers.authorization ?? (Array.isArray(gitLabToken) ? gitLabToken[0] : gitLabToken);
    double.requests.push({ method, path: url, token, ...(body !== undefined && { body }) });
    const {
        status,
        headers: more,
        body: answer,
    } = double.refusals.shift() ?? answered(double, method, url, body, headers.host);
    response.writeHead(status, { "content-type": "application/json", ...more }).end(answer ?? "{}");
}

function answered({ comments }: Served, method: string, path: string, body = "", host = ""): ApiError {
    const { pathname, searchParams } = new URL(path, `http://${host}`);
    const size = Number(searchParams.get("per_page") ?? 30);
    const page = Number(searchParams.get("page") ?? 1);
    const id = Number(/\/(?:comments|notes)\/(\d+)$/.exec(pathname)?.[1]);
    if (body.length > mostCharacters) return { status: 422, body: '{"message":"body is too long"}' };
    if (method === "GET") {
        const shown = comments.slice((page - 1) * size, page * size);
        const next = new URL(path, `http://${host}`);
        next.searchParams.set("page", String(page + 1));
        const link = comments.length > page * size ? { link: `<${next}>; rel="next"` } : undefined;
        return { status: 200, headers: link, body: JSON.stringify(shown) };
    }
    const comment = method === "POST" ? { id: comments.length + 1, body } : comments.find((other) => other.id === id);
    if (!comment) return { status: 404, body: '{"message":"Not Found"}' };
    if (method === "POST") comments.push(comment);
    comment.body = body;
    return { status: method === "POST" ? 201 : 200, body: JSON.stringify(comment) };
}
