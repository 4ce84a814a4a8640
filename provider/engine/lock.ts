import { mkdir, open, readFile, rm, stat, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { systemTime, type Time, wallClock } from "../core/time";

/** How a lock is waited for. */
export interface LockWait {
    /** Told once, when somebody else holds the lock. */
    onWait: (holder: string) => void;
    signal?: AbortSignal;
    time?: Time;
}

const pollMs = 300;
const renewMs = 5_000;
// A holder renews the file's time; one that is silent for longer was suspended, or its process id belongs to another now.
const staleMs = 60_000;

/**
 * Runs `work` while holding the lock file. The lock saves double work only: every part is made under a name of its own
 * and renamed, so two holders (after a laptop slept, or in two containers with one home) cannot harm each other.
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
    let told = false;
    const isSilent = silenceWatch(time);
    while (!(await create(file))) {
        const holder = await holderOf(file, isSilent);
        if (holder === "gone") {
            await rm(file, { force: true });
            continue;
        }
        if (!told) onWait(holder);
        told = true;
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

/** Whether the file's time has stood still for too long; it is a date, so only its changes tell, not its distance from now. */
function silenceWatch(time: Time): (mtimeMs: number) => boolean {
    let seen: { mtimeMs: number; at: number } | undefined;
    return (mtimeMs) => {
        if (seen?.mtimeMs !== mtimeMs) seen = { mtimeMs, at: time.now() };
        return time.now() - seen.at > staleMs;
    };
}

/** The holder's process id; "gone" when nobody holds the lock any more. */
async function holderOf(file: string, isSilent: (mtimeMs: number) => boolean): Promise<string> {
    try {
        const [text, { mtimeMs }] = await Promise.all([readFile(file, "utf8"), stat(file)]);
        return isSilent(mtimeMs) || (text !== "" && !isAlive(Number(text))) ? "gone" : text;
    } catch (error) {
        if (errorCode(error) === "ENOENT") return "gone";
        throw error;
    }
}

/** Whether a process with this id runs here. */
export function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        // EPERM: it runs, but belongs to somebody else.
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
            // Released, or the file was taken away: the work itself does not depend on it.
        }
    }
}

/** The code of a system error such as "ENOENT". */
export function errorCode(error: unknown): string | undefined {
    return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
