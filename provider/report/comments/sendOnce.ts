import { UserError } from "../../clouds/errors";
import { proxiesFrom } from "../../clouds/proxies";

const proxies = proxiesFrom(process.env);

/** A request of an API on the web. */
export interface Request {
    method: "GET" | "POST" | "PATCH" | "PUT";
    url: string;
    headers: Readonly<Record<string, string>>;
    body?: string;
}

/** A whole answer. */
export interface Answered {
    status: number;
    headers: Headers;
    text: string;
}

/** More is no list of comments: a hundred of the longest that GitHub and GitLab usually have are less. */
const mostBytes = 64 * 2 ** 20;
/** A renamed repository is one redirect. */
const mostRedirects = 3;
const redirects = [301, 302, 303, 307, 308];

/**
 * Sends a request and reads its whole answer. A GET follows redirects within its origin; a request that writes follows
 * none, because it would arrive as a GET, or twice.
 *
 * @param signal ends it while the answer is not complete
 * @throws UserError with one reason, which repeats nothing that the API sent
 */
export async function sendOnce(request: Request, signal: AbortSignal): Promise<Answered> {
    let { url } = request;
    for (let followed = 0; ; followed++) {
        const { status, headers, text } = await exchange({ ...request, url }, signal);
        if (!redirects.includes(status)) return { status, headers, text };
        url = redirectedTo(request, url, headers.get("location"));
        if (followed === mostRedirects) {
            throw new UserError(`${said(request)} is redirected again and again: correct the address of the API`);
        }
    }
}

async function exchange({ method, url, headers, body }: Request, signal: AbortSignal) {
    const type = body === undefined ? undefined : { "content-type": "application/json" };
    let isAnswered = false;
    try {
        const response = await proxies.fetch(url, {
            method,
            body,
            headers: { ...headers, ...type },
            // The token would go wherever an answer says.
            redirect: "manual",
            signal,
        });
        isAnswered = true;
        return { status: response.status, headers: response.headers, text: await bounded(response) };
    } catch (error) {
        if (error instanceof UserError) throw error;
        throw new UserError(failure({ method, url, isAnswered, isLate: signal.aborted }), { cause: error });
    }
}

function failure(at: { method: string; url: string; isAnswered: boolean; isLate: boolean }): string {
    const { origin } = new URL(at.url);
    const mayBeWritten = at.method === "GET" ? "" : "; the comment may have been written all the same";
    if (at.isLate) return `${origin} did not answer ${at.method} in time: try again${mayBeWritten}`;
    if (at.isAnswered) return `${origin} broke off its answer to ${at.method}: try again${mayBeWritten}`;
    return `${origin} cannot be reached: check the address and the network`;
}

/** The text of an answer. @throws UserError when it is longer than a list of comments can be */
async function bounded(response: Response): Promise<string> {
    const decoder = new TextDecoder();
    let [bytes, text] = [0, ""];
    for await (const chunk of response.body ?? []) {
        bytes += chunk.byteLength;
        if (bytes > mostBytes) {
            throw new UserError(`${new URL(response.url).origin} answers with more than any list of comments has`);
        }
        text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
}

/** Where a redirect leads. @throws UserError when it must not be followed */
function redirectedTo(request: Request, from: string, location: string | null): string {
    const to = URL.parse(location ?? "", from);
    const { origin, protocol, host } = new URL(from);
    if (to?.protocol === "https:" && protocol === "http:" && to.host === host) {
        throw new UserError(`${said(request)} is redirected to HTTPS: give the address of the API with https://`);
    }
    if (location === null || to === null || to.origin !== origin) {
        throw new UserError(
            `${said(request)} is redirected to another host, which must not get the token: correct the address of the API`,
        );
    }
    if (request.method !== "GET") {
        throw new UserError(
            `${said(request)} is redirected, and nothing was written: correct the name of the repository or the address of the API`,
        );
    }
    return to.href;
}

/** "POST /repos/acme/shop/issues/12/comments" */
export const said = ({ method, url }: Pick<Request, "method" | "url">): string => `${method} ${new URL(url).pathname}`;
