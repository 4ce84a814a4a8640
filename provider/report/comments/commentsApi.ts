import { z } from "zod";
import { UserError } from "../../clouds/errors";
import { refusal } from "./forgeError";
import { type Answered, type Request, requestText, sendOnce } from "./sendOnce";

/** A comment of a pull or merge request. */
export interface Comment {
    id: string;
    body: string;
}

/** The comments of a pull or merge request. */
export interface Comments {
    /** "pull request 12 of owner/name" */
    what: string;
    /** All comments, oldest first. */
    list(): AsyncIterable<Comment>;
    create(body: string): Promise<void>;
    update(id: string, body: string): Promise<void>;
}

/** Waits between requests. */
export interface Waiting {
    /** Waits this many milliseconds; rejects when the signal aborts. */
    sleep(ms: number, signal?: AbortSignal): Promise<void>;
    /** Milliseconds since the epoch. */
    now(): number;
}

/** Credentials for a comments API. */
export interface Access {
    headers: Readonly<Record<string, string>>;
    token: string;
    /** The permission that the token requires, for error messages. */
    permission: string;
}

/** How often a request is sent if the answer allows a retry. */
const mostAttempts = 4;
/** Timeout of one request. */
const answerMs = 20_000;
/** Timeout of all requests of one command together, and also of all waits between them. */
const allMs = 50_000;
/** GitHub allows 2,500 comments and GitLab 5,000, which is fewer than 100 pages. */
const mostPages = 100;
const pageSize = 100;

const listed = z.array(z.object({ id: z.int(), body: z.string().nullish() }));
const written = z.object({ id: z.int() });

/** The comments API of one pull or merge request, with limits on time and pages. */
export class CommentsApi {
    readonly #end = AbortSignal.timeout(allMs);
    /** The remaining time for waits between requests. */
    #waitsLeftMs = allMs;

    constructor(
        private readonly access: Access,
        private readonly waiting: Waiting,
    ) {}

    /** All comments of a list. @param url of the list, without a page number */
    async *list(url: string): AsyncIterable<Comment> {
        for (let page = 1; page <= mostPages; page++) {
            const asked: Request = {
                method: "GET",
                url: withQuery(url, { per_page: pageSize, page }),
                headers: this.access.headers,
            };
            const { json, hasNext } = await this.#ask(asked);
            const found = listed.safeParse(json);
            if (!found.success) throw otherAnswer(asked, found.error);
            for (const { id, body } of found.data) yield { id: String(id), body: body ?? "" };
            if (found.data.length === 0 || (found.data.length < pageSize && !hasNext)) return;
        }
        throw new UserError(
            `GET ${new URL(url).pathname} returns more than ${mostPages} pages of comments: correct the API address`,
        );
    }

    /** Writes a comment's body. */
    async write(method: "POST" | "PATCH" | "PUT", url: string, body: string): Promise<void> {
        const asked: Request = { method, url, headers: this.access.headers, body: JSON.stringify({ body }) };
        const { json } = await this.#ask(asked);
        const answer = written.safeParse(json);
        if (!answer.success) throw otherAnswer(asked, answer.error);
    }

    /** Sends a request, and retries it if the API reports a rate limit or a server error. */
    async #ask(asked: Request): Promise<{ json: unknown; hasNext: boolean }> {
        for (let attempt = 1; ; attempt++) {
            const answer = await sendOnce(asked, AbortSignal.any([AbortSignal.timeout(answerMs), this.#end]));
            if (answer.status >= 200 && answer.status < 300) {
                return { json: jsonOf(asked, answer.text), hasNext: hasNextPage(answer.headers) };
            }
            const waitMs = retryAfterMs(asked, answer, attempt, this.waiting.now());
            const isOver = waitMs === undefined || waitMs > this.#waitsLeftMs || attempt === mostAttempts;
            if (isOver) throw refusal(asked, answer, this.access, waitMs !== undefined);
            this.#waitsLeftMs -= waitMs;
            await this.#wait(waitMs, refusal(asked, answer, this.access, true));
        }
    }

    /** @param tooLate the error if the timeout of the command ends the wait */
    async #wait(ms: number, tooLate: UserError): Promise<void> {
        try {
            await this.waiting.sleep(ms, this.#end);
        } catch (error) {
            throw this.#end.aborted ? tooLate : error;
        }
    }
}

/** How long to wait before a retry; undefined if a retry cannot succeed. */
function retryAfterMs({ method }: Request, answer: Answered, attempt: number, now: number): number | undefined {
    const { status, headers } = answer;
    const retryAfter = headers.get("retry-after");
    const isUsedUp = headers.get("x-ratelimit-remaining") === "0";
    // GitHub also reports a rate limit with 403. Without these headers, 403 means that a permission is missing.
    const isRateLimited = status === 429 || (status === 403 && (retryAfter !== null || isUsedUp));
    // A POST can create the comment although its answer reports a server error, so it is not retried.
    const isServerError = status >= 500 && method !== "POST";
    if (!isRateLimited && !isServerError) return undefined;
    const seconds = Number(retryAfter);
    if (retryAfter !== null && Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
    const reset = Number(headers.get("x-ratelimit-reset") ?? Number.NaN);
    if (isUsedUp && Number.isFinite(reset)) return Math.max(0, reset * 1000 - now);
    return 1000 * 2 ** attempt;
}

/** Whether another page exists (RFC 8288). Its address is not used: the token is sent to the configured API only. */
const hasNextPage = (headers: Headers): boolean => /;\s*rel="?next"?/i.test(headers.get("link") ?? "");

function withQuery(url: string, query: Record<string, number>): string {
    const full = new URL(url);
    for (const [key, value] of Object.entries(query)) full.searchParams.set(key, String(value));
    return full.href;
}

function jsonOf({ url }: Request, text: string): unknown {
    try {
        return JSON.parse(text);
    } catch (error) {
        const { origin } = new URL(url);
        throw new UserError(`the answer of ${origin} is not JSON: correct the API address`, {
            cause: error,
        });
    }
}

function otherAnswer(asked: Request, cause: unknown): UserError {
    const isRead = asked.method === "GET";
    const wanted = isRead ? "a list of comments" : "the comment that was written";
    const check = isRead ? "" : ", and check whether the comment was written";
    return new UserError(
        `the answer to ${requestText(asked)} is JSON, but not ${wanted}: correct the API address${check}`,
        { cause },
    );
}
