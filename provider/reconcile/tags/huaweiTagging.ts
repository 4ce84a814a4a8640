import type { HuaweiRegion } from "../../clouds/huawei/region";

type Tags = Record<string, string>;

/** Sets and removes the tags of a server. */
export function serverTagging(region: HuaweiRegion, id: string) {
    return {
        set: (tags: Tags) => region.servers.setServerTags(id, tags),
        remove: (keys: string[]) => region.servers.deleteServerTags(id, keys),
    };
}
