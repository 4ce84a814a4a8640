import type { AlibabaRegion } from "../clouds/connect";
import type { HuaweiRegion } from "../clouds/huawei/region";
import type { OtherServer } from "./status";

/**
 * Servers that were not created from the account's own images, but from a public image or from one that another account
 * shares.
 */
function besides(servers: readonly OtherServer[], images: readonly { id: string }[]): OtherServer[] {
    return servers.filter(({ imageId }) => !images.some(({ id }) => id === imageId));
}

export async function otherSimpleServers({ swas }: AlibabaRegion, images: readonly { id: string }[]) {
    const servers = (await swas.allInstances()).map(
        ({ instanceId: id, instanceName: name, imageId }): OtherServer => ({ noun: "server", id, name, imageId }),
    );
    return besides(servers, images);
}

/** @throws CloudError 403 if the account has no permission in ECS */
export async function otherInstances({ ecs }: AlibabaRegion, images: readonly { id: string }[]) {
    const instances = (await ecs.allInstances()).map(
        ({ instanceId: id, instanceName: name, imageId }): OtherServer => ({ noun: "instance", id, name, imageId }),
    );
    return besides(instances, images);
}

export async function otherHuaweiServers({ servers }: HuaweiRegion, images: readonly { id: string }[]) {
    const all = (await servers.allServers()).map(
        ({ id, name, imageId }): OtherServer => ({ noun: "server", id, name, imageId }),
    );
    return besides(all, images);
}
