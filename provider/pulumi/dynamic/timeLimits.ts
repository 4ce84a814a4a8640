const unitMs = { s: 1000, m: 60_000, h: 3_600_000 };

/** The limit in ms: the user's, or the default. */
export function limitOf(given: string | undefined, defaultLimit: string): number {
    const [, count, unit] = /^(\d+)(s|m|h)$/.exec(given ?? defaultLimit) ?? [];
    const scale = unit === "s" || unit === "m" || unit === "h" ? unitMs[unit] : unitMs.m;
    return Number(count) * scale;
}

/** Default time limits of the operations, as durations such as "45m". */
export interface TimeLimits {
    create: string;
    update: string;
    delete: string;
}
