import { adviceFor } from "./advice";

/** The code of a request that was not sent because the step's time was over. */
export const OUT_OF_TIME = "OutOfTime";

/** A failed request to a cloud. */
export interface CloudFailure {
    /** The product that answered, as the cloud calls it: "SWAS", "ECS", "IMS". */
    cloud: string;
    /** The requested operation, as the cloud calls it: "DeleteCustomImage". */
    operation: string;
    /** The cloud's own error code; "Unreachable" if no answer came. */
    code: string;
    /** HTTP status; 0 if no answer came. */
    status: number;
    /** The cloud's id of the request, for support cases. */
    requestId?: string;
    /** Whether the same request may succeed later. */
    retryable: boolean;
    /** True if the request was refused only because there were too many requests. Nothing was done. */
    throttled?: boolean;
    /** Milliseconds to wait before the next request, as the cloud asks. */
    retryAfterMs?: number;
    /** Where the request was sent to; shown if no answer came. */
    endpoint?: string;
    /** True if the request may have taken effect although no answer came. */
    outcomeUnknown?: boolean;
    /** Why the request is not retried although it may succeed later. */
    gaveUp?: string;
    /** What the user can do, if the code alone does not determine it. */
    remedy?: string;
    /** True if an address of this machine, of a server or a proxy, refused the connection: no process listens there. */
    refusedHere?: boolean;
    /** True if no host has answered this process yet. */
    nothingReached?: boolean;
}

/** One line: the cloud's message, the code and request id for support, and what the user can do. */
function messageOf(reason: string, failure: CloudFailure): string {
    const { cloud, operation, code, requestId, status, endpoint, gaveUp } = failure;
    const id = requestId ? `, request ${requestId}` : "";
    const where = status === 0 && endpoint ? ` at ${new URL(endpoint).origin}` : "";
    const advice = failure.remedy ?? adviceFor(code);
    // The gateway appends the text that it would have signed, which helps only developers of clients.
    const message = reason.replace(/\s*\bserver (string to sign|StringToSign) is.*$/is, "").replace(/\s*\n\s*/g, " ");
    return `${cloud} ${operation}${where}: ${message} (${code}${id})${advice ? `: ${advice}` : ""}${gaveUp ? `: ${gaveUp}` : ""}`;
}

/** A cloud refused a request or could not be reached. */
export class CloudError extends Error implements CloudFailure {
    readonly cloud: string;
    readonly operation: string;
    readonly code: string;
    readonly status: number;
    readonly requestId?: string;
    readonly retryable: boolean;
    readonly throttled: boolean;
    readonly retryAfterMs?: number;
    readonly outcomeUnknown: boolean;
    readonly endpoint?: string;
    readonly gaveUp?: string;
    readonly remedy?: string;
    readonly refusedHere: boolean;
    readonly nothingReached: boolean;

    /** @param reason the cloud's own text, without secrets */
    constructor(
        readonly reason: string,
        failure: CloudFailure,
        options?: ErrorOptions,
    ) {
        super(messageOf(reason, failure), options);
        this.name = "CloudError";
        this.cloud = failure.cloud;
        this.operation = failure.operation;
        this.code = failure.code;
        this.status = failure.status;
        this.requestId = failure.requestId;
        this.retryable = failure.retryable;
        this.throttled = failure.throttled ?? false;
        this.retryAfterMs = failure.retryAfterMs;
        this.outcomeUnknown = failure.outcomeUnknown ?? false;
        this.endpoint = failure.endpoint;
        this.gaveUp = failure.gaveUp;
        this.remedy = failure.remedy;
        this.refusedHere = failure.refusedHere ?? false;
        this.nothingReached = failure.nothingReached ?? false;
    }
}

/** The same failure, marked as not retried although it might succeed later. */
export function givenUp(error: CloudError, gaveUp: string): CloudError {
    return new CloudError(error.reason, { ...error, gaveUp }, { cause: error.cause });
}

/** The same failure, marked as one of a process that no host has answered yet. */
export function cutOff(error: CloudError): CloudError {
    return new CloudError(error.reason, { ...error, nothingReached: true }, { cause: error.cause });
}

/** An error that the user can fix: the message says how. It is shown without a stack trace. */
export class UserError extends Error {
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = "UserError";
    }
}
