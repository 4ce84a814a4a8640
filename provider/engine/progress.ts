import { systemTime, type Time } from "../core/time";

/** Where the progress of a long step is shown. */
export interface Progress {
    /** Takes one line that stays. */
    log: (line: string) => void;
    /** Takes a line that the next one replaces; given only where a terminal can do so. */
    live?: (line: string) => void;
}

const liveMs = 1_000;
// Below half a minute, so that nobody (and no CI that watches for silence) takes a build for hung.
const logMs = 15_000;

/** Runs `work` and says again and again how long it has been running. Returns its result. */
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
    const say = live ?? log;
    while (!done.aborted) {
        try {
            await time.sleep(live ? liveMs : logMs, done);
            say(`${what}: ${elapsed(time, started)}`);
        } catch {
            // The work has ended.
        }
    }
}

function elapsed(time: Time, started: number): string {
    const seconds = Math.round((time.now() - started) / 1000);
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
