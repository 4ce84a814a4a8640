import type { AlibabaRegion } from "../clouds/connect";
import type { HuaweiRegion } from "../clouds/huawei/region";

/**
 * Regions whose lists are read once each and also answer lookups of single objects, so that the number of requests does
 * not grow with the number of images. For reading only: later changes are not visible.
 */

/** Alibaba Cloud. ECS lists the shares of one image at a time only. */
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

/** Huawei Cloud. An image shows whether it is shared, and only shared images have members to read. */
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
