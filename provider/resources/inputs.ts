import { z } from "zod";
import type { AlibabaCloud, HuaweiCloud } from "../clouds/cloud";
import type { Problem } from "../pulumi/dynamic/handler";
import type { Properties } from "../pulumi/dynamic/plainJson";
import { reservedKeyProblem } from "../reconcile/tags/reservedTags";

export { imageFacts } from "../pulumi/dynamic/imageFacts";
export { imageUse } from "../pulumi/dynamic/imageUse";

/** Input schemas that several resources use. */

export const alibabaCloud: z.ZodType<AlibabaCloud> = z.strictObject({
    type: z.literal("alibaba", { error: 'must be alibaba({ region: "…" })' }),
    region: z.string().min(1),
    account: z.string().min(1).optional(),
});

export const huaweiCloud: z.ZodType<HuaweiCloud> = z.strictObject({
    type: z.literal("huawei", { error: 'must be huawei({ region: "…" })' }),
    region: z.string().min(1),
    profile: z.enum(["csbs", "cbr"]).optional(),
    account: z.string().min(1).optional(),
});

/** The key of a tag. Keys that the cloud or this provider reserves are rejected. */
function tagKey(most: number) {
    return z
        .string()
        .min(1)
        .max(most)
        .superRefine((key, context) => {
            const message = reservedKeyProblem(key);
            if (message !== undefined) context.addIssue({ code: "custom", message });
        });
}

/** SWAS: up to 20 tags, keys of 1 to 64 and values of up to 64 characters (docs/reference/alibaba-api.md#tags). */
export const alibabaTags = z
    .record(
        tagKey(64).refine((key) => !/https?:\/\//i.test(key), "must not have a key that contains http:// or https://"),
        z.string().max(64),
    )
    // Two of the 20 tags are reserved for the provider: the owner id, and the state tag.
    .refine((tags) => Object.keys(tags).length <= 18, "must have at most 18 entries");

/** IMS: up to 10 tags, keys of 1 to 36 and values of up to 43 characters (docs/reference/ims.md#tags). */
export const huaweiTags = z
    .record(tagKey(36), z.string().max(43))
    .refine((tags) => Object.keys(tags).length <= 8, "must have at most 8 entries");

/** SWAS image name (docs/reference/swas-images.md#image-names). */
export const swasImageName = z
    .string()
    .regex(
        /^[A-Za-z0-9][A-Za-z0-9:_-]{1,127}$/,
        'must have 2 to 128 letters, digits, ":", "_" or "-", and begin with a letter or digit',
    );

/** IMS image name (docs/reference/ims.md#names-and-descriptions). */
export const imsImageName = z
    .string()
    .regex(/^(?! )[A-Za-z0-9 _.-]{1,128}(?<! )$/, 'must have 1 to 128 letters, digits, spaces, "-", "_" or "."');

/** IMS image description (docs/reference/ims.md#names-and-descriptions). */
export const imsDescription = z
    .string()
    .regex(/^[^\r\n<>]{0,1024}$/, 'must have at most 1024 characters, without line breaks, "<" and ">"');

/** Memory of a server created from an IMS image, MiB. */
export const imsMemory = z.int().min(0).max(4_194_304);

/** Checks the memory range of servers created from an image. */
export function memoryProblems({ minRamMiB, maxRamMiB }: Properties): Problem[] {
    if (typeof minRamMiB !== "number" || typeof maxRamMiB !== "number" || minRamMiB <= maxRamMiB) return [];
    return [{ property: "maxRamMiB", reason: `must not be less than minRamMiB, ${minRamMiB}` }];
}

/** ECS image name (docs/reference/ecs.md#image-names). */
export const ecsImageName = z
    .string()
    .regex(
        /^(?!https?:\/\/|aliyun|acs:)[A-Za-z][A-Za-z0-9.:_-]{1,127}$/,
        'must have 2 to 128 letters, digits, ".", ":", "_" or "-", begin with a letter, and not with "aliyun" or "acs:"',
    );
