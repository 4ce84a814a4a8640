import type { AlibabaRegion } from "../../clouds/connect";

type Tags = Record<string, string>;

/** How the tags of a SWAS server are set and removed. */
export function serverTagging(region: AlibabaRegion, id: string) {
    const target = { resourceType: "instance" as const, resourceIds: [id] };
    return {
        set: (tags: Tags) => region.swas.tagResources({ ...target, tags }),
        remove: (keys: string[]) => region.swas.untagResources({ ...target, keys }),
    };
}

/** How the tags of an ECS instance are set and removed. */
export function ecsInstanceTagging(region: AlibabaRegion, id: string) {
    const target = { resourceType: "instance" as const, resourceIds: [id] };
    return {
        set: (tags: Tags) => region.ecs.tagResources({ ...target, tags }),
        remove: (keys: string[]) => region.ecs.untagResources({ ...target, keys }),
    };
}
