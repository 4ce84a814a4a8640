import { UserError } from "../../clouds/errors";

/** An image that will never become usable: it is cleared away, and the next run begins anew. */
export class FailedImage extends UserError {
    constructor(private readonly reason: string) {
        super(`${reason}. Run "pulumi up" again to create another image`);
    }

    /** For an object that the stack's state holds already. */
    asLost(): UserError {
        return new UserError(`${this.reason}. Run "pulumi refresh", then "pulumi up", to create a new image`, {
            cause: this,
        });
    }
}

/** Waits for an object that the stack's state holds already: says how to come to a new one when it is lost. */
export async function needed<T>(waiting: Promise<T>): Promise<T> {
    try {
        return await waiting;
    } catch (error) {
        throw error instanceof FailedImage ? error.asLost() : error;
    }
}
