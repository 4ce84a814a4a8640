import { z } from "zod";

const tag = z.object({ key: z.string(), value: z.string().default("") });

export const rootVolume = z.object({ volumetype: z.string(), size: z.number().int().min(0).optional() });

export const dataVolume = z.object({
    volumetype: z.string(),
    size: z.number().int().min(0).optional(),
    multiattach: z.boolean().optional(),
    delete_on_termination: z.boolean().optional(),
    extendparam: z.object({ snapshotId: z.string().optional() }).optional(),
});

/**
 * POST /v1/{project_id}/cloudservers. Fields that do not concern images and disks are stored and returned unchanged.
 */
export const serverRequest = z.object({
    server: z.object({
        name: z.string().min(1).max(64),
        imageRef: z.string(),
        flavorRef: z.string(),
        vpcid: z.string(),
        nics: z
            .array(z.object({ subnet_id: z.string(), ip_address: z.string().optional() }))
            .min(1)
            .max(12),
        root_volume: rootVolume,
        data_volumes: z.array(dataVolume).optional(),
        security_groups: z.array(z.object({ id: z.string() })).optional(),
        availability_zone: z.string().optional(),
        key_name: z.string().optional(),
        count: z.number().int().min(1).optional(),
        tags: z.array(z.string()).optional(),
        server_tags: z.array(tag).optional(),
        metadata: z.record(z.string(), z.string()).optional(),
        description: z.string().max(85).optional(),
    }),
    dry_run: z.boolean().optional(),
});

export type ServerRequest = z.infer<typeof serverRequest>["server"];

/** "key=value" from either of the two tag fields. */
export function tagsOf(request: ServerRequest): string[] {
    const pairs = (request.server_tags ?? []).map(({ key, value }) => `${key}=${value}`);
    return [...pairs, ...(request.tags ?? []).map((text) => text.replace(".", "="))];
}
