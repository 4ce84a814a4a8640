/** A cloud's own "no": thrown by an operation, undone and answered in the cloud's envelope. */
export class ApiError extends Error {
    readonly status: number;
    readonly code: string;
    /** When the cloud wants to be asked again, ms. */
    readonly retryAfterMs?: number;

    constructor(status: number, code: string, message: string, retryAfterMs?: number) {
        super(message);
        this.name = "Refusal";
        this.status = status;
        this.code = code;
        this.retryAfterMs = retryAfterMs;
    }
}

/** Something that whoever runs the simulator can put right; shown without a stack. */
export class UserError extends Error {
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = "UserError";
    }
}

/** What a command was given cannot be: it exits with 2, not with 1. */
export class UsageError extends UserError {
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = "UsageError";
    }
}
