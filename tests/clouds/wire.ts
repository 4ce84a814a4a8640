import { createServer, type IncomingHttpHeaders } from "node:http";

/** A request as it came over the wire. */
export interface Recorded {
    method: string;
    /** Path and query as sent. */
    url: string;
    path: string;
    query: Record<string, string>;
    headers: IncomingHttpHeaders;
    body: Buffer;
}

/** What the server does with the next request. An object body is sent as JSON, a string as HTML. */
export type Reply = { status?: number; headers?: Record<string, string>; body?: object | string } | "drop";

/** A server on a free loopback port that records requests and plays canned answers in order. */
export interface Wire {
    url: string;
    requests: Recorded[];
    /** Adds answers; the last one is repeated when there are no more. */
    play(...replies: Reply[]): void;
    /** The only request there was. */
    only(): Recorded;
    close(): Promise<void>;
}

export async function openWire(at = 0): Promise<Wire> {
    const requests: Recorded[] = [];
    const replies: Reply[] = [];
    const server = createServer(async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk);
        const url = request.url ?? "";
        const { pathname, searchParams } = new URL(url, "http://wire");
        const query = Object.fromEntries(searchParams);
        requests.push({
            method: request.method ?? "",
            url,
            path: pathname,
            query,
            headers: request.headers,
            body: Buffer.concat(chunks),
        });
        const reply: Reply = (replies.length > 1 ? replies.shift() : replies[0]) ?? { status: 418 };
        if (reply === "drop") {
            request.socket.destroy();
            return;
        }
        const { status = 200, headers = {}, body } = reply;
        const isText = typeof body === "string";
        response.writeHead(status, { "content-type": isText ? "text/html" : "application/json", ...headers });
        response.end(body === undefined || isText ? body : JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(at, "127.0.0.1", resolve));
    const address = server.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    return {
        url: `http://127.0.0.1:${port}`,
        requests,
        play: (...added) => void replies.push(...added),
        only() {
            const [request] = requests;
            if (!request || requests.length !== 1) throw new Error(`expected one request, saw ${requests.length}`);
            return request;
        },
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
}

/** A clock that moves only by sleeping, and remembers the sleeps. */
export function fakeTime() {
    let now = Date.UTC(2026, 0, 2);
    const sleeps: number[] = [];
    return {
        sleeps,
        now: () => now,
        async sleep(ms: number, signal?: AbortSignal) {
            signal?.throwIfAborted();
            sleeps.push(ms);
            // A loop on this clock would never give the test's own time-out a turn.
            if (sleeps.length > 10_000) throw new Error("sleeps without end");
            now += ms;
        },
    };
}

/** The JSON of a request's body. */
export function json(request: Recorded): unknown {
    return JSON.parse(request.body.toString("utf8"));
}
