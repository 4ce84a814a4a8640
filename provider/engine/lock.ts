import { mkdir, open, readFile, rm, stat, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { systemTime, type Time, wallClock } from "../core/time";

/** How to wait for a lock. */
export interface LockWait {
    /** Called once if another process holds the lock. */
    onWait: (holder: string) => void;
    signal?: AbortSignal;
    time?: Time;
}

const pollMs = 300;
const renewMs = 5_000;
// The holder renews the time of the file. After a longer silence it was suspended, or another process has its id.
const staleMs = 60_000;

/**
 * Runs `work` while holding the lock file. The lock only avoids duplicate work: each process writes to a unique file
 * name and renames it, so two holders (after a laptop slept, or in two containers with one home) cannot do damage.
 */
export async function withLock<T>(file: string, wait: LockWait, work: () => Promise<T>): Promise<T> {
    const time = wait.time ?? systemTime;
    await acquire(file, wait, time);
    const released = new AbortController();
    const renewing = renew(file, time, released.signal);
    try {
        return await work();
    } finally {
        released.abort();
        await renewing;
        await rm(file, { force: true });
    }
}

async function acquire(file: string, { onWait, signal }: LockWait, time: Time): Promise<void> {
    await mkdir(dirname(file), { recursive: true });
    let isReported = false;
    const isSilent = silenceWatch(time);
    while (!(await create(file))) {
        const holder = await holderOf(file, isSilent);
        if (holder === "none") {
            await rm(file, { force: true });
            continue;
        }
        if (!isReported) onWait(holder);
        isReported = true;
        await time.sleep(pollMs, signal);
    }
}

async function create(file: string): Promise<boolean> {
    try {
        const lock = await open(file, "wx");
        await lock.writeFile(String(process.pid)).finally(() => lock.close());
        return true;
    } catch (error) {
        if (errorCode(error) === "EEXIST") return false;
        throw error;
    }
}

/** Whether the time of the file has not changed for too long. It compares changes only, because clocks may differ. */
function silenceWatch(time: Time): (mtimeMs: number) => boolean {
    let seen: { mtimeMs: number; at: number } | undefined;
    return (mtimeMs) => {
        if (seen?.mtimeMs !== mtimeMs) seen = { mtimeMs, at: time.now() };
        return time.now() - seen.at > staleMs;
    };
}

/** The process id of the holder; "none" if no process holds the lock any more. */
async function holderOf(file: string, isSilent: (mtimeMs: number) => boolean): Promise<string> {
    try {
        const [text, { mtimeMs }] = await Promise.all([readFile(file, "utf8"), stat(file)]);
        return isSilent(mtimeMs) || (text !== "" && !isAlive(Number(text))) ? "none" : text;
    } catch (error) {
        if (errorCode(error) === "ENOENT") return "none";
        throw error;
    }
}

/** Whether a process with this id is running. */
export function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        // EPERM: it is running, but belongs to another user.
        return errorCode(error) === "EPERM";
    }
}

async function renew(file: string, time: Time, released: AbortSignal): Promise<void> {
    while (!released.aborted) {
        try {
            await time.sleep(renewMs, released);
            const now = new Date(wallClock());
            await utimes(file, now, now);
        } catch {
            // The lock was released, or the file was deleted. The work does not depend on the file.
        }
    }
}

/** The code of a system error such as "ENOENT". */
export function errorCode(error: unknown): string | undefined {
    return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
