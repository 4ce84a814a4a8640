import { z } from "zod";
import { parseJson } from "../../core/json";
import { optionalText } from "../answerFields";
import { BrokenBody } from "../bodies";
import { CloudError } from "../errors";
import { type Exchanged, explained, failureOf, unansweredFacts } from "../exchange";
import { retryAfterOf } from "../retryAfter";
import type { Asked } from "./failures";

// Refused before anything was done (docs/reference/alibaba-api.md#throttling), or repeated while the first request is
// still running (docs/reference/alibaba-api.md#idempotency).
const SAFE_TO_REPEAT_CODES = new Set(["ServiceUnavailable", "IdempotentProcessing"]);

// The connection was never opened, so the request was not sent.
const NEVER_SENT_CODES = new Set([
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "EPROXY",
    "EPROXYREFUSED",
]);

const optionalField = optionalText.catch(undefined);
const refusal = z.object({
    Code: optionalField,
    code: optionalField,
    Message: optionalField,
    message: optionalField,
    RequestId: optionalField,
    requestId: optionalField,
});

/** Converts the error of a request without an answer to a CloudError. */
export function cloudErrorOf(thrown: unknown, asked: Asked): CloudError {
    if (thrown instanceof CloudError) return thrown;
    if (thrown instanceof BrokenBody) return unreadableAnswer(thrown.message, asked, 0);
    const code = failureOf(thrown);
    const reason = code === "TimeoutError" ? "no answer in time" : `no answer (${explained(thrown)})`;
    const outcomeUnknown = !NEVER_SENT_CODES.has(code);
    // A retry does not help if the proxy does not allow the connection.
    const retryable = code !== "EPROXYREFUSED";
    // Without a cause: its message may contain a URL, and a query may contain a password.
    const facts = unansweredFacts(thrown, asked.endpoint);
    return new CloudError(reason, { ...asked, ...facts, code: "Unreachable", status: 0, retryable, outcomeUnknown });
}

/** Returns the JSON of a successful answer. @throws CloudError for any other answer */
export function bodyOf(answer: Exchanged, asked: Asked): unknown {
    const { status } = answer;
    if (status >= 300 && status < 400) throw redirected(status, asked);
    const body = jsonOf(answer.body);
    if (typeof body !== "object" || body === null) {
        const isEmpty = answer.body.trim() === "" || body === null;
        const what = isEmpty ? "the answer is empty" : "the answer is not JSON";
        throw unreadableAnswer(`${what}; a proxy may have sent it, or the endpoint is wrong`, asked, status);
    }
    if (status >= 300) throw refused(answer, body, asked);
    return body;
}

function refused({ status, headers }: Exchanged, body: object, asked: Asked): CloudError {
    const answered = refusal.parse(body);
    const code = answered.Code ?? answered.code ?? `Http${status}`;
    const throttled = code.includes("Throttling") || status === 429;
    const safeToRepeat = throttled || SAFE_TO_REPEAT_CODES.has(code) || status === 503;
    return new CloudError(answered.Message ?? answered.message ?? "the request was refused", {
        ...asked,
        code,
        status,
        requestId: answered.RequestId ?? answered.requestId,
        retryable: safeToRepeat || status >= 500,
        throttled,
        retryAfterMs: safeToRepeat ? retryAfterOf(headers) : undefined,
        // An internal error may occur after the work was done.
        outcomeUnknown: status >= 500 && !safeToRepeat,
    });
}

/**
 * A redirect is not followed: another address must not get the signature, and a GET there would not do what the POST
 * requested.
 */
function redirected(status: number, asked: Asked): CloudError {
    const reason = `answered with a redirect (${status}), which is not followed`;
    return new CloudError(reason, { ...asked, code: "Redirected", status, retryable: false, outcomeUnknown: true });
}

function unreadableAnswer(reason: string, asked: Asked, status: number): CloudError {
    // A throttled request is not forwarded. Any other page may hide any outcome.
    const throttled = status === 429;
    return new CloudError(reason, {
        ...asked,
        code: "UnreadableAnswer",
        status,
        retryable: true,
        throttled,
        outcomeUnknown: !throttled,
    });
}

function jsonOf(text: string): unknown {
    try {
        return parseJson(text);
    } catch {
        return undefined;
    }
}
