import { z } from "zod";
import { optionalText } from "../answerFields";
import { BrokenBody } from "../bodies";
import { CloudError, UserError } from "../errors";
import { explained, failureOf, unansweredFacts } from "../exchange";

/** Which request failed. */
export interface Asked {
    /** "IMS", "ECS", "EVS", "CSBS", "CBR" or "IAM". */
    cloud: string;
    /** What was asked for: "DeleteImage". */
    operation: string;
    /** Where it was sent to. */
    endpoint?: string;
}

/** An answer as it came over the wire. */
export interface Answer {
    status: number;
    /** The parsed JSON; undefined when the body was empty or not JSON. */
    body: unknown;
    /** False when there was a body that is not JSON. */
    readable: boolean;
    requestId?: string;
    /** After how many milliseconds the cloud wants to be asked again. */
    retryAfterMs?: number;
    /** The cloud's own date, as its header says it. */
    date?: string;
}

// Source: docs/reference/huawei-api.md#errors.
const GONE_CODES = new Set(["IMG.0027", "IMG.0144", "Ecs.0114", "CSBS.3001"]);

// "number of tasks exceeds the flow control limit", with status 400 (docs/reference/huawei-api.md#throttling).
const THROTTLING_CODES = new Set(["IMG.0060"]);

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

const reason = z.object({ code: optionalText, message: optionalText });

// The envelopes (docs/reference/huawei-api.md#errors): IMS, ECS and EVS; the gateway, CBR and CSBS; Glance and job
// queries.
const envelope = z.object({
    error: reason.optional().catch(undefined),
    error_code: optionalText.catch(undefined),
    error_msg: optionalText.catch(undefined),
    request_id: optionalText.catch(undefined),
    code: optionalText.catch(undefined),
    message: optionalText.catch(undefined),
});

// Nova and Cinder: {"itemNotFound": {"message": ..., "code": 404}}.
const novaEnvelope = z.record(z.string(), z.unknown()).transform((body, context) => {
    for (const [name, value] of Object.entries(body)) {
        const found = reason.safeParse(value);
        if (found.success && found.data.message) return { code: name, message: found.data.message };
    }
    context.addIssue({ code: "custom", message: "not a Nova error" });
    return z.NEVER;
});

/**
 * The object that was asked for does not exist, or exists no more. A 404 of the gateway (APIG.*, APIGW.*) or of a
 * proxy means that the address is wrong, and says nothing about the object.
 */
export function isGone(error: unknown): boolean {
    if (!(error instanceof CloudError)) return false;
    if (GONE_CODES.has(error.code)) return true;
    return error.status === 404 && !error.code.startsWith("APIG") && error.code !== "UnreadableAnswer";
}

/** A refusal that may be due to a single one of the ids that were asked for: one that is malformed. */
export function isAboutOneObject(error: unknown): boolean {
    return error instanceof UserError || (error instanceof CloudError && error.status === 400);
}

/** An answer with a status of 300 or more, or one that is not JSON. */
export function refused(answer: Answer, asked: Asked): CloudError {
    const { status, requestId } = answer;
    if (status >= 300 && status < 400) {
        // Another address must not get the signature, and a GET there would not do what a POST was to do.
        const reason = `answered with a redirect (${status}), which is not followed`;
        const failure = { ...asked, code: "Redirected", status, requestId };
        return new CloudError(reason, { ...failure, retryable: false, outcomeUnknown: true });
    }
    const said = answer.readable
        ? saidIn(answer.body)
        : { message: "answer is not JSON; is there a proxy in between?" };
    const code = answer.readable ? (said.code ?? `Http${status}`) : "UnreadableAnswer";
    const safeToRepeat = status === 429 || THROTTLING_CODES.has(code) || (status === 503 && answer.readable);
    const failedInside = status >= 500 || (status < 400 && !answer.readable);
    return new CloudError(said.message ?? `status ${status}`, {
        ...asked,
        code,
        status,
        requestId: answer.requestId ?? said.requestId,
        retryable: safeToRepeat || failedInside,
        throttled: status === 429,
        retryAfterMs: safeToRepeat ? answer.retryAfterMs : undefined,
        // An internal error may come after the work was done.
        outcomeUnknown: failedInside && !safeToRepeat,
    });
}

/** What a request throws that gets no answer, or none that can be read. */
export function unreachable(thrown: unknown, asked: Asked): CloudError {
    const isBroken = thrown instanceof BrokenBody;
    const code = failureOf(thrown);
    const reason = code === "TimeoutError" ? "no answer in time" : `no answer (${explained(thrown)})`;
    return new CloudError(isBroken ? thrown.message : reason, {
        ...asked,
        ...(isBroken ? {} : unansweredFacts(thrown, asked.endpoint)),
        code: isBroken ? "UnreadableAnswer" : "Unreachable",
        status: 0,
        // What a proxy does not allow, it does not allow a minute later either.
        retryable: code !== "EPROXYREFUSED",
        outcomeUnknown: !NEVER_SENT_CODES.has(code),
    });
}

/** A success whose content is not what the operation answers; one that is missing may come when it is asked for again. */
export function unexpectedAnswer(problem: z.ZodError, answer: Answer, asked: Asked): CloudError {
    const { status, requestId } = answer;
    const isEmpty = answer.body === undefined || answer.body === null;
    return new CloudError(
        isEmpty
            ? "the answer is empty; is there a proxy in between?"
            : `answer does not have the documented form: ${z.prettifyError(problem)}`,
        {
            ...asked,
            code: isEmpty ? "UnreadableAnswer" : "UnexpectedAnswer",
            status,
            requestId,
            retryable: isEmpty,
            outcomeUnknown: true,
        },
        { cause: problem },
    );
}

function saidIn(body: unknown): { code?: string; message?: string; requestId?: string } {
    const known = envelope.safeParse(body);
    if (!known.success) return {};
    const { error, error_code, error_msg, request_id, code, message } = known.data;
    const said = {
        code: error?.code ?? error_code ?? code,
        message: error?.message ?? error_msg ?? message,
        requestId: request_id,
    };
    return said.code || said.message ? said : { ...novaEnvelope.safeParse(body).data };
}
