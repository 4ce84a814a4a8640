import { z } from "zod";
import { parseJson } from "../../core/json";
import { optionalText } from "../answerFields";
import { BrokenBody } from "../bodies";
import { CloudError } from "../errors";
import { type Exchanged, explained, failureOf, unansweredFacts } from "../exchange";
import { retryAfterOf } from "../retryAfter";
import type { Asked } from "./failures";

// Refused before anything was done (docs/reference/alibaba-api.md#throttling), or asked again while the first request
// still runs (docs/reference/alibaba-api.md#idempotency).
const SAFE_TO_REPEAT_CODES = new Set(["ServiceUnavailable", "IdempotentProcessing"]);

// The connection was never made, so nothing was asked for.
const NEVER_SENT_CODES = new Set([
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "EPROXY",
    "EPROXYREFUSED",
]);

const said = optionalText.catch(undefined);
const refusal = z.object({
    Code: said,
    code: said,
    Message: said,
    message: said,
    RequestId: said,
    requestId: said,
});

/** Whatever a request throws that gets no answer, as a CloudError. */
export function cloudErrorOf(thrown: unknown, asked: Asked): CloudError {
    if (thrown instanceof CloudError) return thrown;
    if (thrown instanceof BrokenBody) return unreadableAnswer(thrown.message, asked, 0);
    const code = failureOf(thrown);
    const reason = code === "TimeoutError" ? "no answer in time" : `no answer (${explained(thrown)})`;
    const outcomeUnknown = !NEVER_SENT_CODES.has(code);
    // What a proxy does not allow, it does not allow a minute later either.
    const retryable = code !== "EPROXYREFUSED";
    // No cause: a URL may be in its message, and a query may hold a password.
    const facts = unansweredFacts(thrown, asked.endpoint);
    return new CloudError(reason, { ...asked, ...facts, code: "Unreachable", status: 0, retryable, outcomeUnknown });
}

/** The JSON of a success. @throws CloudError for everything else */
export function bodyOf(answer: Exchanged, asked: Asked): unknown {
    const { status } = answer;
    if (status >= 300 && status < 400) throw redirected(status, asked);
    const body = jsonOf(answer.body);
    if (typeof body !== "object" || body === null) {
        const isEmpty = answer.body.trim() === "" || body === null;
        const what = isEmpty ? "the answer is empty" : "answer is not JSON";
        throw unreadableAnswer(`${what}; is there a proxy in between, or is the endpoint wrong?`, asked, status);
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
        // An internal error may come after the work was done.
        outcomeUnknown: status >= 500 && !safeToRepeat,
    });
}

/** Another address must not get the signature, and a GET there would not do what the POST was to do. */
function redirected(status: number, asked: Asked): CloudError {
    const reason = `answered with a redirect (${status}), which is not followed`;
    return new CloudError(reason, { ...asked, code: "Redirected", status, retryable: false, outcomeUnknown: true });
}

function unreadableAnswer(reason: string, asked: Asked, status: number): CloudError {
    // Whoever counts requests does not pass on what it refuses; any other page may stand for anything.
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
