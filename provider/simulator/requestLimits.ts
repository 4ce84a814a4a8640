import { jsonAnswer, type WireAnswer, type WireRequest } from "./core/wire";

/** Limits for the connections of clients. */
export interface ServerLimits {
    /** The time limit for the headers of a request, in milliseconds. */
    readonly headersMs: number;
    /** The time limit for a whole request, in milliseconds. */
    readonly requestMs: number;
    /** How long a connection can wait for its next request, in milliseconds. */
    readonly idleMs: number;
    /** How often the first two limits are checked, in milliseconds. */
    readonly checkEveryMs: number;
    readonly connections: number;
    /** Bytes of the call log that a following client can leave unread before it is disconnected. */
    readonly unreadBytes: number;
}

/** Sufficient for any SDK on this machine. Node's defaults where they are suitable. */
export const serverLimits: ServerLimits = {
    headersMs: 10_000,
    requestMs: 30_000,
    idleMs: 5000,
    checkEveryMs: 5000,
    connections: 1000,
    unreadBytes: 4 * 1024 * 1024,
};

/** 1 MiB, far more than the largest request of any operation. */
export const maxBodyBytes = 1024 * 1024;

/** Far more than any operation has. More would spend all time on hashing and sorting parameters. */
const maxParameters = 1000;

/** Far deeper than the body of any operation. Deeper values could exhaust the stack. */
const maxJsonDepth = 64;

/** An error before the cloud of the request is known. It has the fields of both clouds. */
export function earlyError(status: number, code: string, message: string): WireAnswer {
    return jsonAnswer(status, { message, Code: code, Message: message, error_code: code, error_msg: message });
}

/** Rejects requests with too many parameters or too deeply nested JSON, before they are parsed. */
export function overLimits({ query, headers, body }: WireRequest): WireAnswer | undefined {
    const isForm = headers["content-type"]?.toLowerCase().startsWith("application/x-www-form-urlencoded") ?? false;
    const form = isForm ? body.toString("latin1") : "";
    if (countOf("&", query, maxParameters) + countOf("&", form, maxParameters) >= maxParameters) {
        return earlyError(400, "TooManyParameters", `a request can have at most ${maxParameters} parameters`);
    }
    if (!isForm && isDeeper(body, maxJsonDepth)) {
        return earlyError(400, "TooDeeplyNested", `a request body can be nested at most ${maxJsonDepth} levels deep`);
    }
    return undefined;
}

/** How often the sign occurs in the text. Texts that are too short to reach `enough` are not searched. */
function countOf(sign: string, text: string, enough: number): number {
    if (text.length < enough) return 0;
    return text.split(sign).length - 1;
}

const [quote, backslash, openList, openObject, closeList, closeObject] = Buffer.from('"\\[{]}');

function isDeeper(json: Buffer, max: number): boolean {
    if (json.length <= max) return false;
    let depth = 0;
    let isText = false;
    for (let at = 0; at < json.length; at++) {
        const byte = json[at];
        if (isText && byte === backslash) at++;
        else if (byte === quote) isText = !isText;
        else if (isText) continue;
        else if (byte === openList || byte === openObject) {
            if (++depth > max) return true;
        } else if (byte === closeList || byte === closeObject) depth--;
    }
    return false;
}
