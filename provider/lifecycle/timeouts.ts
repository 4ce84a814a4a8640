import { z } from "zod";

export const duration = z.string().regex(/^\d+(s|m|h)$/, 'must be a duration such as "90s", "45m" or "2h"');

/** How long each step may wait, as durations such as "45m". */
export const timeouts = z.strictObject({
    create: duration.optional(),
    update: duration.optional(),
    delete: duration.optional(),
});

export type Timeouts = z.infer<typeof timeouts>;

const unitMs = { s: 1000, m: 60_000, h: 3_600_000 };

/** The limit in ms: the user's, else `otherwise`. */
export function limitOf(given: string | undefined, otherwise: string): number {
    const [, count, unit] = /^(\d+)(s|m|h)$/.exec(given ?? otherwise) ?? [];
    const scale = unit === "s" || unit === "m" || unit === "h" ? unitMs[unit] : unitMs.m;
    return Number(count) * scale;
}
