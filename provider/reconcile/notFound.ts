import { CloudError } from "../clouds/errors";

/** Runs a call for which an object that is gone already is no failure. */
export async function ignoreNotFound(isGone: (error: unknown) => boolean, work: () => Promise<unknown>): Promise<void> {
    try {
        await work();
    } catch (error) {
        if (!isGone(error)) throw error;
    }
}

/**
 * Whether the cloud takes a call that addresses an object and changes nothing. A lookup that does not show it is no
 * proof that it does not exist, because clouds show new objects late; a refusal for want of the object is.
 */
export async function isAddressable(
    isGone: (error: unknown) => boolean,
    work: () => Promise<unknown>,
): Promise<boolean> {
    try {
        await work();
        return true;
    } catch (error) {
        if (isGone(error)) return false;
        if (error instanceof CloudError) return true;
        throw error;
    }
}
