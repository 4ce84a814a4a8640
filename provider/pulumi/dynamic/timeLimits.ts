const unitMs = { s: 1000, m: 60_000, h: 3_600_000 };

/** The limit in ms: the user's, else `otherwise`. */
export function limitOf(given: string | undefined, otherwise: string): number {
    const [, count, unit] = /^(\d+)(s|m|h)$/.exec(given ?? otherwise) ?? [];
    const scale = unit === "s" || unit === "m" || unit === "h" ? unitMs[unit] : unitMs.m;
    return Number(count) * scale;
}

/** How long each step may take when the user does not say, as durations such as "45m". */
export interface TimeLimits {
    create: string;
    update: string;
    delete: string;
}
