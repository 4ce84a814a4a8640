import { isGone } from "../../clouds/alibaba/failures";
import type { AlibabaRegion } from "../../clouds/connect";
import { UserError } from "../../clouds/errors";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { withLossAdvice } from "../images/failedImage";
import { swasImages } from "../images/swasImages";
import { waitForImage } from "../images/waitForImage";
import { ignoreNotFound } from "../notFound";
import { awaited, type PollResult, waitUntil } from "../polling/waiting";

/** Whether SWAS shares the image with ECS. */
export async function sharesWithEcs(region: AlibabaRegion, imageId: string): Promise<boolean> {
    return (await swasImages(region).find(imageId))?.inShare ?? false;
}

/** Shares a SWAS image with ECS and waits until ECS lists it as usable: the answer of SWAS alone is not sufficient. */
export async function shareWithEcs(
    context: HandlerContext,
    region: AlibabaRegion,
    imageId: string,
    limit: number,
): Promise<void> {
    const service = swasImages(region);
    if (!(await service.find(imageId)))
        throw new UserError(`no image ${imageId} in ${region.region}: correct the image or the region`);
    const image = await withLossAdvice(waitForImage(context, service, imageId, limit));
    if (!image.inShare) await region.swas.modifyImageShareStatus({ imageId, operation: "Share" });
    const poll = async (): Promise<PollResult<true>> => {
        const seen = await region.ecs.sharedImage(imageId);
        return seen?.status === "Available" && seen.usable !== false
            ? { done: true }
            : { pending: "waiting until ECS sees the image" };
    };
    const asks = region.ecs.sharedImage;
    await waitUntil({ context, what: `image ${imageId} in ECS ${region.region}`, poll, limit, asks });
}

/** Removes the share and waits until SWAS confirms it. An image that does not exist is shared with nobody. */
export async function unshareWithEcs(
    context: HandlerContext,
    region: AlibabaRegion,
    imageId: string,
    limit: number,
): Promise<void> {
    const present = async () => ((await sharesWithEcs(region, imageId)) ? [imageId] : []);
    if ((await awaited(context, 1, present)).length === 0) return;
    await ignoreNotFound(isGone, () => region.swas.modifyImageShareStatus({ imageId, operation: "UnShare" }));
    const poll = async (): Promise<PollResult<true>> =>
        (await sharesWithEcs(region, imageId)) ? { pending: "unsharing from ECS" } : { done: true };
    const asks = region.swas.customImage;
    await waitUntil({ context, what: `image ${imageId} to be unshared from ECS`, poll, limit, asks });
}
