import { UserError } from "../clouds/errors";

/** An image that will never become usable: it is cleared away, and the next run begins anew. */
export class FailedImage extends UserError {}

/** For an object that the stack's state holds already: says how to come to a new one when it is lost. */
export async function needed<T>(waiting: Promise<T>): Promise<T> {
    try {
        return await waiting;
    } catch (error) {
        if (!(error instanceof FailedImage)) throw error;
        throw new FailedImage(`${error.message}: run "pulumi refresh", then up, to make a new one`, { cause: error });
    }
}
