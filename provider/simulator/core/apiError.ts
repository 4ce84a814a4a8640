/**
 * An error answer of a cloud. An operation throws it; its changes are undone, and the answer has the cloud's envelope.
 */
export class ApiError extends Error {
    readonly status: number;
    readonly code: string;
    /** When the client should retry, in milliseconds. */
    readonly retryAfterMs?: number;

    constructor(status: number, code: string, message: string, retryAfterMs?: number) {
        super(message);
        this.name = "ApiError";
        this.status = status;
        this.code = code;
        this.retryAfterMs = retryAfterMs;
    }
}

/** An error that the user of the simulator can fix. It is printed without a stack trace. */
export class UserError extends Error {
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = "UserError";
    }
}

/** Invalid command-line arguments: the command exits with 2 instead of 1. */
export class UsageError extends UserError {
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = "UsageError";
    }
}
