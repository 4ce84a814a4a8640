import { z } from "zod";

/** Facts about an image before it exists, set if a program passes the image resource itself. */
export const imageFacts = z
    .strictObject({
        kind: z.enum(["custom", "ecs", "system", "full-ecs"]),
        cloud: z.enum(["alibaba", "huawei"]),
        region: z.string(),
        profile: z.enum(["csbs", "cbr"]).optional(),
    })
    .optional();
