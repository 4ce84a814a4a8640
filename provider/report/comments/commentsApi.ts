import { z } from "zod";
import { UserError } from "../../clouds/errors";
import { refusal } from "./forgeError";
import { type Answered, type Request, said, sendOnce } from "./sendOnce";

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

/** How an API is waited for. */
export interface Waiting {
    /** Waits this many milliseconds; rejects when the signal ends it. */
    sleep(ms: number, signal?: AbortSignal): Promise<void>;
    /** Milliseconds since the epoch. */
    now(): number;
}

/** What a comments API is asked with. */
export interface Access {
    headers: Readonly<Record<string, string>>;
    token: string;
    /** What a token must be allowed, for the advice when it is not. */
    permission: string;
}

/** How often a request is sent that is refused for its rate. */
const mostAttempts = 4;
/** For one answer. */
const answerMs = 20_000;
/** For all requests of one command together, and for all waits between them. */
const allMs = 50_000;
/** More comments than GitHub (2,500) and GitLab (5,000) allow. */
const mostPages = 100;
const pageSize = 100;

const listed = z.array(z.object({ id: z.int(), body: z.string().nullish() }));
const written = z.object({ id: z.int() });

/** The comments API of one pull or merge request: bounded in time and in pages. */
export class CommentsApi {
    readonly #end = AbortSignal.timeout(allMs);
    /** What is left for waits between requests. */
    #waitsLeftMs = allMs;

    constructor(
        private readonly access: Access,
        private readonly waiting: Waiting,
    ) {}

    /** All comments of a list. @param url of the list, without a page */
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
            `GET ${new URL(url).pathname} has more than ${mostPages} pages of comments: correct the address of the API`,
        );
    }

    /** Writes a comment's body. */
    async write(method: "POST" | "PATCH" | "PUT", url: string, body: string): Promise<void> {
        const asked: Request = { method, url, headers: this.access.headers, body: JSON.stringify({ body }) };
        const { json } = await this.#ask(asked);
        const answer = written.safeParse(json);
        if (!answer.success) throw otherAnswer(asked, answer.error);
    }

    /** Asks once, and again when the API says that it was too often or is out of order. */
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

    /** @param tooLate the error when the command's time is over before */
    async #wait(ms: number, tooLate: UserError): Promise<void> {
        try {
            await this.waiting.sleep(ms, this.#end);
        } catch (error) {
            throw this.#end.aborted ? tooLate : error;
        }
    }
}

/** How long to wait before the same again; undefined when that would be of no use. */
function retryAfterMs({ method }: Request, answer: Answered, attempt: number, now: number): number | undefined {
    const { status, headers } = answer;
    const retryAfter = headers.get("retry-after");
    const isUsedUp = headers.get("x-ratelimit-remaining") === "0";
    // GitHub refuses with 403, too, what comes too often; without these headers it is a missing permission.
    const isTooOften = status === 429 || (status === 403 && (retryAfter !== null || isUsedUp));
    // A comment may have been made although the answer says that it failed.
    const isOutOfOrder = status >= 500 && method !== "POST";
    if (!isTooOften && !isOutOfOrder) return undefined;
    const seconds = Number(retryAfter);
    if (retryAfter !== null && Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
    const reset = Number(headers.get("x-ratelimit-reset") ?? Number.NaN);
    if (isUsedUp && Number.isFinite(reset)) return Math.max(0, reset * 1000 - now);
    return 1000 * 2 ** attempt;
}

/** Whether there is another page (RFC 8288). Its address is not used: the token goes to the API that was named. */
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
        throw new UserError(`${origin} answered with something else than JSON: correct the address of the API`, {
            cause: error,
        });
    }
}

function otherAnswer(asked: Request, cause: unknown): UserError {
    const wanted = asked.method === "GET" ? "a list of comments" : "the comment that was written";
    return new UserError(
        `the answer to ${said(asked)} is JSON, but not ${wanted}: correct the address of the API, then look at the request`,
        { cause },
    );
}
