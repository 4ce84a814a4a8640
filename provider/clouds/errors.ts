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
    /** Milliseconds after which the cloud wants to be asked again. */
    retryAfterMs?: number;
    /** True when the request may have taken effect although no answer came. */
    outcomeUnknown?: boolean;
}

/** A cloud refused a request or could not be reached. */
export class CloudError extends Error implements CloudFailure {
    readonly cloud: string;
    readonly operation: string;
    readonly code: string;
    readonly status: number;
    readonly requestId?: string;
    readonly retryable: boolean;
    readonly retryAfterMs?: number;
    readonly outcomeUnknown: boolean;

    /** @param reason the cloud's own text, without secrets */
    constructor(reason: string, failure: CloudFailure, options?: ErrorOptions) {
        const id = failure.requestId ? `, request ${failure.requestId}` : "";
        super(`${failure.cloud} ${failure.operation}: ${reason} (${failure.code}${id})`, options);
        this.name = "CloudError";
        this.cloud = failure.cloud;
        this.operation = failure.operation;
        this.code = failure.code;
        this.status = failure.status;
        this.requestId = failure.requestId;
        this.retryable = failure.retryable;
        this.retryAfterMs = failure.retryAfterMs;
        this.outcomeUnknown = failure.outcomeUnknown ?? false;
    }
}

/** Something that the user can put right: the message says what to do. Shown without a stack. */
export class UserError extends Error {
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = "UserError";
    }
}

/** An object exists in the cloud but is not finished: its id and state are kept, and the next `up` goes on. */
export class PartialError extends Error {
    readonly id: string;
    readonly state: Record<string, unknown>;

    constructor(message: string, made: { id: string; state: Record<string, unknown> }, options?: ErrorOptions) {
        super(message, options);
        this.name = "PartialError";
        this.id = made.id;
        this.state = made.state;
    }
}
