import { AlibabaCloudError, ThrottlingError } from "@alicloud/openapi-core";
import { z } from "zod";
import { optionalText } from "../answerFields";
import { CloudError } from "../errors";
import type { Asked } from "./failures";

// Refused before anything was done (alibaba.md 1.6), or asked again while the first request still runs (section 2).
const SAFE_TO_REPEAT_CODES = new Set(["ServiceUnavailable", "IdempotentProcessing"]);

// The connection was never made, so nothing was asked for.
const NEVER_SENT_CODES = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

const answeredBody = z.object({ Message: optionalText, message: optionalText });
const systemFailure = z.object({ code: optionalText, name: optionalText });

/** Anything the official core throws, as a CloudError. */
export function cloudErrorOf(thrown: unknown, asked: Asked): CloudError {
    if (thrown instanceof CloudError) return thrown;
    if (thrown instanceof AlibabaCloudError) return refused(thrown, asked);
    // The core parses every body as JSON and keeps neither status nor text of one that is not (alibaba.md 1.5);
    // a body of `null` ends in a TypeError.
    if (thrown instanceof SyntaxError || thrown instanceof TypeError) return unreadableAnswer(thrown, asked);
    return unreachable(thrown, asked);
}

function refused(error: AlibabaCloudError, asked: Asked): CloudError {
    const status = error.statusCode ?? 0;
    const code = known(error.code) ?? `Http${status}`;
    const throttled = error instanceof ThrottlingError || status === 429;
    const safeToRepeat = throttled || SAFE_TO_REPEAT_CODES.has(code) || status === 503;
    const body = answeredBody.safeParse(error.data);
    const reason = body.success ? (body.data.Message ?? body.data.message) : undefined;
    return new CloudError(
        reason ?? "the request was refused",
        {
            ...asked,
            code,
            status,
            requestId: known(error.requestId),
            retryable: safeToRepeat || status >= 500,
            throttled,
            retryAfterMs: error instanceof ThrottlingError ? error.retryAfter : undefined,
            // An internal error may come after the work was done.
            outcomeUnknown: status >= 500 && !safeToRepeat,
        },
        { cause: error },
    );
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
    const reason = name === "RequestTimeoutError" ? "no answer in time" : `no answer (${code ?? name ?? "unknown"})`;
    // No cause: the core writes the whole URL into its message, and a query may hold a password.
    return new CloudError(reason, { ...asked, code: "Unreachable", status: 0, retryable: true, outcomeUnknown });
}

// The core writes the word "undefined" where a body has no code or request id.
function known(value: string | undefined): string | undefined {
    return value === undefined || value === "" || value === "undefined" ? undefined : value;
}
