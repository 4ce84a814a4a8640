import { z } from "zod";
import { alibaba, type Cloud, huawei } from "../clouds/cloud";
import type { Holder } from "../inventory/status";

const cloud = z.union([
    z
        .object({ type: z.literal("alibaba"), region: z.string(), account: z.string().optional() })
        .transform(({ type: _, ...where }): Cloud => alibaba(where)),
    z
        .object({
            type: z.literal("huawei"),
            region: z.string(),
            profile: z.enum(["csbs", "cbr"]).optional(),
            account: z.string().optional(),
        })
        .transform(({ type: _, ...where }): Cloud => huawei(where)),
]);

const resource = z.object({
    urn: z.string(),
    type: z.string(),
    id: z.string(),
    outputs: z.object({
        cloud,
        to: z.string().optional().catch(undefined),
        deleteProtection: z.boolean().optional().catch(undefined),
        previousVersions: z.array(z.string()).optional().catch(undefined),
    }),
});

const state = z.object({ deployment: z.object({ resources: z.array(z.unknown()).optional() }) });

/** The objects of this package in the state of a stack. */
export interface StackResources {
    /** Their clouds and regions. */
    places: Cloud[];
    /** The resource that holds each image, by the id of the image. */
    holders: Map<string, Holder>;
}

/** Reads the output of `pulumi stack export`. */
export function stackResources(exported: unknown): StackResources {
    const { resources = [] } = state.parse(exported).deployment;
    const places = new Map<string, Cloud>();
    const holders = new Map<string, Holder>();
    for (const found of resources.flatMap((one) => resource.safeParse(one).data ?? [])) {
        if (!found.type.startsWith("pulumi-nodejs:dynamic/machine-images:")) continue;
        const { cloud: where, to, deleteProtection = false, previousVersions = [] } = found.outputs;
        for (const place of [where, ...(to === undefined ? [] : [{ ...where, region: to }])]) {
            places.set(JSON.stringify(place), place);
        }
        // A share or a replaced disk does not own an image.
        if (!/:(CustomImage|ImageCopy|EcsImage|FullEcsImage)$/.test(found.type)) continue;
        const [prefix = "", project, , ...name] = found.urn.split("::");
        const stack = `${project}/${prefix.replace("urn:pulumi:", "")}`;
        for (const id of [found.id, ...previousVersions]) {
            holders.set(id, { stack, resource: name.join("::"), isProtected: deleteProtection });
        }
    }
    return { places: [...places.values()], holders };
}
