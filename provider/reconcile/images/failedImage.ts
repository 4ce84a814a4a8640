import { UserError } from "../../clouds/errors";

/** An image that will never become usable. It is deleted, and the next run creates another image. */
export class FailedImage extends UserError {
    constructor(private readonly reason: string) {
        super(`${reason}. Run "pulumi up" again to create another image`);
    }

    /** The same error for an object that the stack's state holds. */
    asLost(): UserError {
        return new UserError(`${this.reason}. Run "pulumi refresh", then "pulumi up", to create a new image`, {
            cause: this,
        });
    }
}

/** Waits for an object that the stack's state holds. If it is lost, the error says how to create another one. */
export async function withLossAdvice<T>(waiting: Promise<T>): Promise<T> {
    try {
        return await waiting;
    } catch (error) {
        throw error instanceof FailedImage ? error.asLost() : error;
    }
}
