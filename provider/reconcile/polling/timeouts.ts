import { z } from "zod";

export { limitOf } from "../../pulumi/dynamic/timeLimits";

export const duration = z.string().regex(/^\d+(s|m|h)$/, 'must be a duration such as "90s", "45m" or "2h"');

/** How long each step may take, as durations such as "45m". */
export const timeouts = z.strictObject({
    create: duration.optional(),
    update: duration.optional(),
    delete: duration.optional(),
});

export type Timeouts = z.infer<typeof timeouts>;
