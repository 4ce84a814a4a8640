import type { AlibabaRegion } from "../../clouds/connect";

type Tags = Record<string, string>;

/** Sets and removes the tags of a SWAS server. */
export function serverTagging(region: AlibabaRegion, id: string) {
    const target = { resourceType: "instance" as const, resourceIds: [id] };
    return {
        set: (tags: Tags) => region.swas.tagResources({ ...target, tags }),
        remove: (keys: string[]) => region.swas.untagResources({ ...target, keys }),
    };
}

/** Sets and removes the tags of an ECS instance. */
export function ecsInstanceTagging(region: AlibabaRegion, id: string) {
    const target = { resourceType: "instance" as const, resourceIds: [id] };
    return {
        set: (tags: Tags) => region.ecs.tagResources({ ...target, tags }),
        remove: (keys: string[]) => region.ecs.untagResources({ ...target, keys }),
    };
}
