import { adviceFor } from "./advice";

/** Code of a request that was not sent, because the step's time was over. */
export const OUT_OF_TIME = "OutOfTime";

/** What a cloud answered instead of a result. */
export interface CloudFailure {
    /** The product that answered, as the cloud calls it: "SWAS", "ECS", "IMS". */
    cloud: string;
    /** The operation that was asked for, as the cloud calls it: "DeleteCustomImage". */
    operation: string;
    /** The cloud's own error code; "Unreachable" when no answer came. */
    code: string;
    /** HTTP status; 0 when no answer came. */
    status: number;
    /** The cloud's id of the request, for its support. */
    requestId?: string;
    /** Whether the same request may succeed later. */
    retryable: boolean;
    /** True when it was refused only because too many requests came; nothing was done. */
    throttled?: boolean;
    /** Milliseconds after which the cloud wants to be asked again. */
    retryAfterMs?: number;
    /** Where it was sent to; shown when no answer came. */
    endpoint?: string;
    /** True when the request may have taken effect although no answer came. */
    outcomeUnknown?: boolean;
    /** Why it is not tried again, although it may succeed later. */
    gaveUp?: string;
    /** What the user can do, where that does not follow from the code. */
    remedy?: string;
    /** True when a server or proxy on this machine refused the connection: nothing listens there. */
    refusedHere?: boolean;
    /** True when no host at all has answered this process yet. */
    nothingReached?: boolean;
}

/** One line: what the cloud said, with what its support asks for, and what the user can do. */
function textOf(reason: string, failure: CloudFailure): string {
    const { cloud, operation, code, requestId, status, endpoint, gaveUp } = failure;
    const id = requestId ? `, request ${requestId}` : "";
    const where = status === 0 && endpoint ? ` at ${new URL(endpoint).origin}` : "";
    const todo = failure.remedy ?? adviceFor(code);
    // The gateway appends what it would have signed, which helps nobody but whoever writes a client.
    const said = reason.replace(/\s*\bserver (string to sign|StringToSign) is.*$/is, "").replace(/\s*\n\s*/g, " ");
    return `${cloud} ${operation}${where}: ${said} (${code}${id})${todo ? `: ${todo}` : ""}${gaveUp ? `: ${gaveUp}` : ""}`;
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
        super(textOf(reason, failure), options);
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

/** The same failure, which is not tried again although it might succeed later. */
export function givenUp(error: CloudError, gaveUp: string): CloudError {
    return new CloudError(error.reason, { ...error, gaveUp }, { cause: error.cause });
}

/** The same failure of a process that no host has answered yet. */
export function cutOff(error: CloudError): CloudError {
    return new CloudError(error.reason, { ...error, nothingReached: true }, { cause: error.cause });
}

/** Something that the user can put right: the message says what to do. Shown without a stack. */
export class UserError extends Error {
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = "UserError";
    }
}
