import { z } from "zod";
import { optionalText } from "../answerFields";
import { CloudError } from "../errors";
import type { Exchanged } from "../exchange";
import type { Asked } from "./failures";

// Refused before anything was done (alibaba.md 1.6), or asked again while the first request still runs (section 2).
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

const refusal = z.object({
    Code: optionalText,
    code: optionalText,
    Message: optionalText,
    message: optionalText,
    RequestId: optionalText,
    requestId: optionalText,
});
const systemFailure = z.object({ code: optionalText, name: optionalText });

/** Anything that sending a request throws, as a CloudError. */
export function cloudErrorOf(thrown: unknown, asked: Asked): CloudError {
    if (thrown instanceof CloudError) return thrown;
    // A body that is not JSON, or JSON of another kind than an object.
    if (thrown instanceof SyntaxError || thrown instanceof z.ZodError) return unreadableAnswer(thrown, asked);
    return unreachable(thrown, asked);
}

/** An answer whose status is no success. @throws SyntaxError when its body is not JSON */
export function refused({ status, headers, body }: Exchanged, asked: Asked): CloudError {
    if (status < 400) return redirected(status, asked);
    const said = refusal.parse(JSON.parse(body));
    const code = said.Code ?? said.code ?? `Http${status}`;
    const throttled = code.includes("Throttling") || status === 429;
    const safeToRepeat = throttled || SAFE_TO_REPEAT_CODES.has(code) || status === 503;
    const retryAfterMs = Number.parseInt(headers["x-acs-retry-after"] ?? "", 10);
    return new CloudError(said.Message ?? said.message ?? "the request was refused", {
        ...asked,
        code,
        status,
        requestId: said.RequestId ?? said.requestId,
        retryable: safeToRepeat || status >= 500,
        throttled,
        retryAfterMs: throttled && Number.isFinite(retryAfterMs) ? retryAfterMs : undefined,
        // An internal error may come after the work was done.
        outcomeUnknown: status >= 500 && !safeToRepeat,
    });
}

/** Another address must not get the signature, and a GET there would not do what the POST was to do. */
function redirected(status: number, asked: Asked): CloudError {
    return new CloudError(`answered with a redirect (${status}), which is not followed`, {
        ...asked,
        code: "Redirected",
        status,
        retryable: false,
        outcomeUnknown: true,
    });
}

function unreadableAnswer(error: Error, asked: Asked): CloudError {
    return new CloudError(
        "answer is not JSON; is there a proxy in between, or is the endpoint wrong?",
        { ...asked, code: "UnreadableAnswer", status: 0, retryable: true, outcomeUnknown: true },
        { cause: error },
    );
}

function unreachable(thrown: unknown, asked: Asked): CloudError {
    const { code, name } = systemFailure.catch({ code: undefined, name: undefined }).parse(thrown);
    const outcomeUnknown = !(code && NEVER_SENT_CODES.has(code));
    // What a proxy does not allow, it does not allow a minute later either.
    const retryable = code !== "EPROXYREFUSED";
    const isTimeout = name === "RequestTimeoutError" || name === "TimeoutError";
    const ofProxy = thrown instanceof Error && name === "ProxyError" ? thrown.message : undefined;
    const reason = isTimeout ? "no answer in time" : `no answer (${ofProxy ?? code ?? name ?? "unknown"})`;
    // No cause: a URL may be in its message, and a query may hold a password.
    return new CloudError(reason, { ...asked, code: "Unreachable", status: 0, retryable, outcomeUnknown });
}
