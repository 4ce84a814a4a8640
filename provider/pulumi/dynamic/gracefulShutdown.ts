/** Time for the work at the end of a run, ms. The engine waits a little longer before it kills its plugin. */
const shutdownMs = 4000;

/**
 * Runs work that must wait until the stack's state is saved, when the engine ends the plugin with a signal after its
 * last step. If the plugin or its engine is killed, the work does not run.
 *
 * @returns a function that adds work
 */
export function onGracefulShutdown(): (work: () => Promise<void>) => void {
    const waiting: (() => Promise<void>)[] = [];
    let isEnding = false;
    const end = async () => {
        if (isEnding) return;
        isEnding = true;
        // The next update of the object retries work that fails here. Until then the failure does no harm.
        const done = Promise.allSettled(waiting.map((work) => work()));
        const tooLong = new Promise((resolve) => setTimeout(resolve, shutdownMs));
        await Promise.race([done, tooLong]);
        process.exit(0);
    };
    return (work) => {
        if (waiting.length === 0) for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
        waiting.push(work);
    };
}
