/** The engine waits this long for its plugin to end, and then kills it; some of it is kept back. */
const patienceMs = 4000;

/**
 * Runs what waits for the stack's state to be saved, when the engine ends the plugin in good order (SIGINT, after its
 * last step). A plugin that is killed, or whose engine is, never comes here.
 *
 * @returns adds work
 */
export function onGracefulShutdown(): (work: () => Promise<void>) => void {
    const waiting: (() => Promise<void>)[] = [];
    let isEnding = false;
    const end = async () => {
        if (isEnding) return;
        isEnding = true;
        // What fails here is tried again by the next update of the object, and is no harm until then.
        const done = Promise.allSettled(waiting.map((work) => work()));
        const tooLong = new Promise((resolve) => setTimeout(resolve, patienceMs));
        await Promise.race([done, tooLong]);
        process.exit(0);
    };
    return (work) => {
        if (waiting.length === 0) for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
        waiting.push(work);
    };
}
