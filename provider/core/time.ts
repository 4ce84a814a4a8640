/** Time as the provider sees it: handlers, pollers and clients never read a clock of their own. */
export interface Time {
    /** Milliseconds since some moment, on a clock that is never set: for durations, never for dates. */
    now(): number;
    /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted first. */
    sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A timer that is set to more than this goes off at once (Node.js, setTimeout). Milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's own clock. */
export const systemTime: Time = {
    now: () => performance.now(),
    async sleep(ms, signal) {
        let left = ms;
        for (; left > LONGEST_TIMER_MS; left -= LONGEST_TIMER_MS) await timer(LONGEST_TIMER_MS, signal);
        await timer(left, signal);
    },
};

/** The date, which somebody may set at any time: for what others read, never for durations. Milliseconds since 1970. */
export const wallClock = (): number => Date.now();

function timer(ms: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const abort = () => {
            clearTimeout(timeout);
            reject(signal?.reason);
        };
        const timeout = setTimeout(() => {
            signal?.removeEventListener("abort", abort);
            resolve();
        }, ms);
        signal?.addEventListener("abort", abort, { once: true });
    });
}

/** How long, for people: "40 s", "5 min". */
export function spoken(ms: number): string {
    if (ms < 90_000) return `${Math.max(1, Math.round(ms / 1000))} s`;
    return `${Math.round(ms / 60_000)} min`;
}
