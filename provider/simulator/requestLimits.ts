import { jsonAnswer, type WireAnswer, type WireRequest } from "./core/wire";

/** What one client may take of the server. */
export interface ServerLimits {
    /** How long the headers of a request may take to arrive, ms. */
    readonly headersMs: number;
    /** The same for headers and body together, ms. */
    readonly requestMs: number;
    /** How long a connection may wait for its next request, ms. */
    readonly idleMs: number;
    /** How often the first two are looked at, ms. */
    readonly checkEveryMs: number;
    readonly connections: number;
    /** Bytes that a follower of the call log may leave unread before it is cut off. */
    readonly unreadBytes: number;
}

/** Generous for any SDK on this machine, and Node's defaults where they are fit. */
export const serverLimits: ServerLimits = {
    headersMs: 10_000,
    requestMs: 30_000,
    idleMs: 5000,
    checkEveryMs: 5000,
    connections: 1000,
    unreadBytes: 4 * 1024 * 1024,
};

/** 1 MiB: far over the largest request of any operation served. */
export const largestBody = 1024 * 1024;

/** Far over what any operation has; with more, hashing and sorting parameters is all that the server does. */
const mostParameters = 1000;

/** Far over the nesting of any operation's body; what walks a value must not run out of stack. */
const deepestJson = 64;

/** Before any cloud sees the request, so that the answer has the fields of both. */
export function refusedAtTheDoor(status: number, code: string, message: string): WireAnswer {
    return jsonAnswer(status, { message, Code: code, Message: message, error_code: code, error_msg: message });
}

/** What is refused without being read: too many parameters, JSON nested too deeply. */
export function overLimits({ query, headers, body }: WireRequest): WireAnswer | undefined {
    const isForm = headers["content-type"]?.toLowerCase().startsWith("application/x-www-form-urlencoded") ?? false;
    const form = isForm ? body.toString("latin1") : "";
    if (countOf("&", query, mostParameters) + countOf("&", form, mostParameters) >= mostParameters) {
        return refusedAtTheDoor(400, "TooManyParameters", `a request can have at most ${mostParameters} parameters`);
    }
    if (!isForm && isDeeper(body, deepestJson)) {
        return refusedAtTheDoor(
            400,
            "TooDeeplyNested",
            `a request body can be nested at most ${deepestJson} levels deep`,
        );
    }
    return undefined;
}

/** How often the sign is in the text, looked for only where it may be there often enough to matter. */
function countOf(sign: string, text: string, enough: number): number {
    if (text.length < enough) return 0;
    return text.split(sign).length - 1;
}

const [quote, backslash, openList, openObject, closeList, closeObject] = Buffer.from('"\\[{]}');

function isDeeper(json: Buffer, most: number): boolean {
    if (json.length <= most) return false;
    let depth = 0;
    let isText = false;
    for (let at = 0; at < json.length; at++) {
        const byte = json[at];
        if (isText && byte === backslash) at++;
        else if (byte === quote) isText = !isText;
        else if (isText) continue;
        else if (byte === openList || byte === openObject) {
            if (++depth > most) return true;
        } else if (byte === closeList || byte === closeObject) depth--;
    }
    return false;
}
