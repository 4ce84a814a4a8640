/** A cache: lists contain the same times repeatedly. */
const written = new Map<number, string>();
/** Number of cached times at which the cache is cleared. */
const maxWritten = 20_000;

/** 2026-01-02T03:04:05Z */
export function isoSeconds(ms: number): string {
    const known = written.get(ms);
    if (known !== undefined) return known;
    if (written.size >= maxWritten) written.clear();
    const text = `${new Date(ms).toISOString().slice(0, 19)}Z`;
    written.set(ms, text);
    return text;
}

/** ECS instances: 2026-01-02T03:04Z */
export function isoMinutes(ms: number): string {
    return `${new Date(ms).toISOString().slice(0, 16)}Z`;
}

/** The SharedTime of ListCustomImageShareAccounts: 2024-07-15 13:59:21.0 */
export function sqlTime(ms: number): string {
    return `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")}.0`;
}

/** The progress of asynchronous work: "37%". 100% only when it is done. */
export function progressOf(work: { startedAt: number; dueAt: number }, now: number): string {
    const part = (now - work.startedAt) / Math.max(1, work.dueAt - work.startedAt);
    return `${Math.min(99, Math.max(0, Math.floor(part * 100)))}%`;
}
