import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { type PollResult, waitUntil } from "../polling/waiting";
import { FailedImage } from "./failedImage";
import { describeImage, type ImageService, type SeenImage } from "./service";

/** For how many poll intervals a list may not show an image before the image counts as deleted. */
const intervalsUntilListed = 5;

/**
 * Waits until the image can be used.
 *
 * @param begun isNew: this create started or resumed the image; clouds list new images late, so an image that `exists`
 *   is waited for up to the limit; isBegunNow: this create has just started it
 * @throws FailedImage if it does not exist any more or will never be usable
 */
export function waitForImage<Image extends SeenImage>(
    context: HandlerContext,
    service: ImageService<Image>,
    id: string,
    limit: number,
    begun: { isNew?: boolean; isBegunNow?: boolean; exists?: () => Promise<boolean> } = {},
): Promise<Image> {
    const { time, clouds } = context;
    let missedSince: number | undefined;
    const poll = async (): Promise<PollResult<Image>> => {
        const image = await service.find(id);
        if (!image) {
            missedSince ??= time.now();
            const isLate = time.now() - missedSince >= clouds.pollMs * intervalsUntilListed;
            if (isLate && !(begun.isNew && (await begun.exists?.()))) {
                throw new FailedImage(`image ${id} does not exist any more in ${service.region}`);
            }
            return { pending: "waiting for the image to appear" };
        }
        if (image.condition === "ready") return { done: image };
        if (image.condition === "failed") throw new FailedImage(`${describeImage(service, id, image)} ${image.note}`);
        return { pending: image.note, progress: image.progress };
    };
    const what = `image ${id} in ${service.region}`;
    const { expectedMs: expected, asks } = service;
    return waitUntil({ context, what, poll, limit, expected, asks, isNew: begun.isBegunNow });
}

/**
 * Waits for an image that is still being created. An image of another kind or account is not waited for: the cloud
 * decides whether it can be used.
 */
export async function waitWhilePending(
    context: HandlerContext,
    service: ImageService,
    id: string,
    limit: number,
): Promise<void> {
    const image = await service.find(id);
    if (image?.condition === "pending") await waitForImage(context, service, id, limit);
}
