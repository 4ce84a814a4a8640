import { z } from "zod";

/** What is known of an image before it exists: filled in when a program passes the image resource itself. */
export const imageFacts = z
    .strictObject({
        kind: z.enum(["custom", "ecs", "system", "full-ecs"]),
        cloud: z.enum(["alibaba", "huawei"]),
        region: z.string(),
        profile: z.enum(["csbs", "cbr"]).optional(),
    })
    .optional();
