import { isGone } from "../clouds/alibaba/failures";
import type { AlibabaRegion } from "../clouds/connect";
import { UserError } from "../clouds/errors";
import type { Surroundings } from "../dynamic/handler";
import { needed } from "./failedImage";
import { goneIsDone } from "./gone";
import { findSwasImage, waitForSwasImage } from "./swasImages";
import { type Look, waitUntil } from "./waiting";

/** Whether SWAS shares the image with ECS. */
export async function sharesWithEcs(region: AlibabaRegion, imageId: string): Promise<boolean> {
    return (await findSwasImage(region, imageId))?.inShare ?? false;
}

/** Shares a SWAS image with ECS and waits until ECS lists it as usable: what SWAS says alone is not enough. */
export async function shareWithEcs(
    surroundings: Surroundings,
    region: AlibabaRegion,
    imageId: string,
    limit: number,
): Promise<void> {
    const image = await findSwasImage(region, imageId);
    if (!image) throw new UserError(`no image ${imageId} in ${region.region}: correct the image or the region`);
    await needed(waitForSwasImage(surroundings, region, imageId, limit));
    if (!image.inShare) await region.swas.modifyImageShareStatus({ imageId, operation: "Share" });
    const look = async (): Promise<Look<true>> => {
        const seen = await region.ecs.describeImages({ imageId, ownerAlias: "others" });
        return seen.some((candidate) => candidate.status === "Available" && candidate.usable !== false)
            ? { done: true }
            : { pending: "waiting until ECS sees the image" };
    };
    await waitUntil({ surroundings, what: `image ${imageId} in ECS ${region.region}`, look, limit });
}

/** Takes the share away and waits until SWAS says so. An image that is gone is shared with nobody. */
export async function unshareWithEcs(
    surroundings: Surroundings,
    region: AlibabaRegion,
    imageId: string,
    limit: number,
): Promise<void> {
    if (!(await sharesWithEcs(region, imageId))) return;
    await goneIsDone(isGone, () => region.swas.modifyImageShareStatus({ imageId, operation: "UnShare" }));
    const look = async (): Promise<Look<true>> =>
        (await sharesWithEcs(region, imageId)) ? { pending: "unsharing from ECS" } : { done: true };
    await waitUntil({ surroundings, what: `unsharing image ${imageId} from ECS`, look, limit });
}
