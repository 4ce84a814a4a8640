import type { HuaweiRegion } from "../../clouds/huawei/region";

type Tags = Record<string, string>;

/** How the tags of a server are set and removed. */
export function serverTagging(region: HuaweiRegion, id: string) {
    return {
        set: (tags: Tags) => region.servers.setServerTags(id, tags),
        remove: (keys: string[]) => region.servers.deleteServerTags(id, keys),
    };
}
