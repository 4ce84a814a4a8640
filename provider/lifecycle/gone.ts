/** Runs a call for which an object that is gone already is no failure. */
export async function goneIsDone(isGone: (error: unknown) => boolean, work: () => Promise<unknown>): Promise<void> {
    try {
        await work();
    } catch (error) {
        if (!isGone(error)) throw error;
    }
}
