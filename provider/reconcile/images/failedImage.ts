import { UserError } from "../../clouds/errors";

/** An image that will never become usable: it is cleared away, and the next run begins anew. */
export class FailedImage extends UserError {
    constructor(private readonly reason: string) {
        super(`${reason}: run up again to make another`);
    }

    /** For an object that the stack's state holds already. */
    asLost(): UserError {
        return new UserError(`${this.reason}: run "pulumi refresh", then up, to make a new one`, { cause: this });
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
