import { UserError } from "../../clouds/errors";
import { proxiesFrom } from "../../clouds/proxies";

const proxies = proxiesFrom(process.env);

/** A comment of a pull or merge request. */
export interface Comment {
    id: string;
    body: string;
}

/** Where a pull request's comments are. */
export interface Comments {
    /** "pull request 12 of owner/name" */
    what: string;
    /** Every comment, the oldest first. */
    list(): AsyncIterable<Comment>;
    create(body: string): Promise<void>;
    update(id: string, body: string): Promise<void>;
}

/** What asking a comments API needs. */
export interface Asking {
    method: "GET" | "POST" | "PATCH" | "PUT";
    url: string;
    headers: Readonly<Record<string, string>>;
    body?: string;
    /** What a token must be allowed, for the advice when it is not. */
    permission: string;
    /** Waits this many milliseconds. */
    sleep(ms: number): Promise<void>;
    /** Milliseconds since the epoch. */
    now(): number;
}

/** How often a request is sent that is refused for its rate, and how long it waits for that at most. */
const mostAttempts = 4;
const mostWaitMs = 120_000;

/** An answer in JSON, with where the next page is. */
export interface Answer {
    json: unknown;
    next?: string;
}

/**
 * Asks once, and again when the API says that it was too often or is out of order.
 *
 * @throws UserError with advice; a token is never in it
 */
export async function askComments(asking: Asking): Promise<Answer> {
    const { method, url, headers, body, sleep } = asking;
    for (let attempt = 1; ; attempt++) {
        const response = await send(method, url, { headers, body });
        const text = await response.text();
        if (response.ok) return { json: jsonOf(text, url), next: nextPage(response.headers.get("link")) };
        const waitMs = retryAfterMs(response, attempt, asking);
        if (waitMs === undefined || waitMs > mostWaitMs || attempt === mostAttempts) {
            throw refusal(response, text, asking, waitMs);
        }
        await sleep(waitMs);
    }
}

async function send(
    method: string,
    url: string,
    { headers, body }: { headers: Readonly<Record<string, string>>; body?: string },
): Promise<Response> {
    try {
        const type = body === undefined ? undefined : { "content-type": "application/json" };
        return await proxies.fetch(url, { method, body, headers: { ...headers, ...type } });
    } catch (error) {
        if (error instanceof UserError) throw error;
        throw new UserError(`${new URL(url).origin} cannot be reached: check the address and the network`, {
            cause: error,
        });
    }
}

/** How long to wait before the same again; undefined when that would be of no use. */
function retryAfterMs({ status, headers }: Response, attempt: number, { method, now }: Asking): number | undefined {
    const retryAfter = headers.get("retry-after");
    const isUsedUp = headers.get("x-ratelimit-remaining") === "0";
    // GitHub refuses with 403, too, what comes too often; without these headers it is a missing permission.
    const isTooOften = status === 429 || (status === 403 && (retryAfter !== null || isUsedUp));
    // A comment may have been made although the answer says that it failed.
    const isOutOfOrder = status >= 500 && method !== "POST";
    if (!isTooOften && !isOutOfOrder) return undefined;
    const seconds = Number(retryAfter);
    if (retryAfter !== null && Number.isFinite(seconds)) return seconds * 1000;
    const reset = Number(headers.get("x-ratelimit-reset") ?? Number.NaN);
    if (isUsedUp && Number.isFinite(reset)) return Math.max(0, reset * 1000 - now());
    return 1000 * 2 ** attempt;
}

function refusal({ status }: Response, text: string, { method, url, permission }: Asking, waitMs?: number): UserError {
    const said = `${method} ${new URL(url).pathname} was refused with ${status}`;
    if (waitMs !== undefined) {
        return new UserError(`${said} although it was tried again: run this step later`);
    }
    if (status === 401) return new UserError(`${said}: the token is not valid, give another`);
    if (status === 403) return new UserError(`${said}: the token may not write comments, give it ${permission}`);
    if (status === 404) {
        return new UserError(
            `${said}: there is no such request, or the token may not see it: correct the number, or give it ${permission}`,
        );
    }
    return new UserError(`${said}: ${text.replace(/\s+/g, " ").slice(0, 200)}`);
}

/** The address of the next page (RFC 8288). */
function nextPage(link: string | null): string | undefined {
    return link?.match(/<([^>]+)>;\s*rel="next"/)?.[1];
}

function jsonOf(text: string, url: string): unknown {
    try {
        return JSON.parse(text);
    } catch (error) {
        throw new UserError(
            `${new URL(url).origin} answered with something else than JSON: correct the address of the API`,
            {
                cause: error,
            },
        );
    }
}
