import { UserError } from "../../clouds/errors";
import { proxiesFrom } from "../../clouds/proxies";

const proxies = proxiesFrom(process.env);

/** An HTTP request to a forge's API. */
export interface Request {
    method: "GET" | "POST" | "PATCH" | "PUT";
    url: string;
    headers: Readonly<Record<string, string>>;
    body?: string;
}

/** An answer with its complete body. */
export interface Answered {
    status: number;
    headers: Headers;
    text: string;
}

/** A hundred comments of the usual maximum length on GitHub and GitLab are smaller. */
const mostMiB = 64;
/** A renamed repository needs one redirect. */
const mostRedirects = 3;
const redirects = [301, 302, 303, 307, 308];

/**
 * Sends a request and reads the complete answer. A GET follows redirects within its origin. A request that writes
 * follows none, because it would be repeated as a GET or written twice.
 *
 * @param signal cancels the request
 * @throws UserError that contains nothing from the API's answer
 */
export async function sendOnce(request: Request, signal: AbortSignal): Promise<Answered> {
    let { url } = request;
    for (let followed = 0; ; followed++) {
        const { status, headers, text } = await exchange({ ...request, url }, signal);
        if (!redirects.includes(status)) return { status, headers, text };
        url = redirectedTo(request, url, headers.get("location"));
        if (followed === mostRedirects) {
            throw new UserError(
                `${requestText(request)} is redirected more than ${mostRedirects} times: correct the API address`,
            );
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
            // Otherwise fetch sends the token to any address that an answer names.
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
    const mayBeWritten = at.method === "GET" ? "" : ". The comment may have been written anyway";
    if (at.isLate) return `${origin} did not answer ${at.method} in time: try again${mayBeWritten}`;
    if (at.isAnswered) return `${origin} did not complete its answer to ${at.method}: try again${mayBeWritten}`;
    return `${origin} cannot be reached: check the address and the network`;
}

/** The text of an answer. @throws UserError if it is larger than `mostMiB` */
async function bounded(response: Response): Promise<string> {
    const decoder = new TextDecoder();
    let [bytes, text] = [0, ""];
    for await (const chunk of response.body ?? []) {
        bytes += chunk.byteLength;
        if (bytes > mostMiB * 2 ** 20) {
            const { origin } = new URL(response.url);
            throw new UserError(`the answer of ${origin} is larger than ${mostMiB} MiB: correct the API address`);
        }
        text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
}

/** The target of a redirect. @throws UserError if it must not be followed */
function redirectedTo(request: Request, from: string, location: string | null): string {
    const to = URL.parse(location ?? "", from);
    const { origin, protocol, host } = new URL(from);
    if (to?.protocol === "https:" && protocol === "http:" && to.host === host) {
        throw new UserError(`${requestText(request)} is redirected to HTTPS: use an API address with https://`);
    }
    if (location === null || to === null || to.origin !== origin) {
        throw new UserError(
            `${requestText(request)} is redirected to another host, which must not get the token: correct the API address`,
        );
    }
    if (request.method !== "GET") {
        throw new UserError(
            `${requestText(request)} is redirected, and nothing was written: correct the repository name or the API address`,
        );
    }
    return to.href;
}

/** "POST /repos/acme/shop/issues/12/comments" */
export const requestText = ({ method, url }: Pick<Request, "method" | "url">): string =>
    `${method} ${new URL(url).pathname}`;
