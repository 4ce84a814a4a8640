import { CloudError } from "../clouds/errors";

/** Runs a call, and ignores the error that the object does not exist. */
export async function ignoreNotFound(isGone: (error: unknown) => boolean, work: () => Promise<unknown>): Promise<void> {
    try {
        await work();
    } catch (error) {
        if (!isGone(error)) throw error;
    }
}

/**
 * Whether the cloud accepts a call that addresses an object and changes nothing. Clouds show new objects late, so a
 * lookup that does not show the object does not prove that it does not exist. A "not found" error for the object does.
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
