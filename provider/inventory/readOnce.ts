import type { AlibabaRegion } from "../clouds/connect";
import type { HuaweiRegion } from "../clouds/huawei/region";

/**
 * Regions whose lists are read once each, and answer every look at a single object too: what is asked of an account does
 * not grow with its images. For reading only: what is changed meanwhile is not seen.
 */

/** Alibaba Cloud. ECS tells only for each image whom it is shared with. */
export function alibabaReadOnce(region: AlibabaRegion): AlibabaRegion {
    const { swas, ecs } = region;
    const customImages = once(() => swas.ownCustomImages());
    const ecsImages = once(() => ecs.ownImages());
    const instances = once(() => ecs.allInstances());
    return {
        ...region,
        swas: {
            ...swas,
            ownCustomImages: customImages,
            customImage: async (id) => (await customImages()).find(({ imageId }) => imageId === id),
            allSnapshots: once(() => swas.allSnapshots()),
            allInstances: once(() => swas.allInstances()),
        },
        ecs: {
            ...ecs,
            ownImages: ecsImages,
            ownImage: async (id) => (await ecsImages()).find(({ imageId }) => imageId === id),
            allInstances: instances,
            instancesOf: async (id) => (await instances()).filter(({ imageId }) => imageId === id),
        },
    };
}

/** Huawei Cloud: an image says itself whether it is shared, and only those that are have members to ask for. */
export function huaweiReadOnce(region: HuaweiRegion): HuaweiRegion {
    const { ims, servers } = region;
    const images = once(() => ims.ownImages());
    const find = async (id: string) => (await images()).find((image) => image.id === id);
    return {
        ...region,
        ims: {
            ...ims,
            ownImages: images,
            image: find,
            members: async (id) => ((await find(id))?.visibility === "private" ? [] : ims.members(id)),
        },
        servers: { ...servers, allServers: once(() => servers.allServers()) },
    };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
    let reading: Promise<T> | undefined;
    return () => {
        reading ??= read();
        return reading;
    };
}
