import { systemTime, type Time } from "../core/time";

/** Where to show the progress of a long step. */
export interface Progress {
    /** Prints a line. */
    log: (line: string) => void;
    /** Prints a line that the next one replaces; only on a terminal. */
    live?: (line: string) => void;
}

const liveMs = 1_000;
// Below half a minute, so that neither a user nor a CI that watches for output assumes that a build hangs.
const logMs = 15_000;

/** Runs `work`, and prints at intervals how long it has been running. */
export async function withProgress<T>(what: string, progress: Progress, work: () => Promise<T>): Promise<T> {
    const time = systemTime;
    const started = time.now();
    const done = new AbortController();
    const showing = show(what, progress, time, started, done.signal);
    try {
        const result = await work();
        progress.log(`${what}: done after ${elapsed(time, started)}`);
        return result;
    } finally {
        done.abort();
        await showing;
    }
}

async function show(what: string, { log, live }: Progress, time: Time, started: number, done: AbortSignal) {
    log(what);
    const print = live ?? log;
    while (!done.aborted) {
        try {
            await time.sleep(live ? liveMs : logMs, done);
            print(`${what}: ${elapsed(time, started)}`);
        } catch {
            // The work has ended.
        }
    }
}

function elapsed(time: Time, started: number): string {
    const seconds = Math.round((time.now() - started) / 1000);
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
