/** The provider's source of time: handlers, pollers and clients never read a clock directly. */
export interface Time {
    /** Milliseconds since an arbitrary moment, on a monotonic clock: for durations, never for dates. */
    now(): number;
    /** Resolves after `ms` milliseconds; rejects with the signal's reason if it is aborted first. */
    sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A longer timer fires at once (Node.js, setTimeout). Milliseconds. */
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

/** The date, which can be set at any time: for output, never for durations. Milliseconds since 1970. */
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

/** Formats a duration: "40 s", "5 min". */
export function spoken(ms: number): string {
    if (ms < 90_000) return `${Math.max(1, Math.round(ms / 1000))} s`;
    return `${Math.round(ms / 60_000)} min`;
}
