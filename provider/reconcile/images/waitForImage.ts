import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { type PollResult, waitUntil } from "../polling/waiting";
import { FailedImage } from "./failedImage";
import { describeImage, type ImageService, type SeenImage } from "./service";

/** An image may be missing from the cloud's list for so many poll intervals; one that was deleted stays missing. */
const intervalsUntilListed = 5;

/**
 * Waits until the image can be used.
 *
 * @param begun isNew when this create began or resumed it: clouds list new images late, so that one that `exists` is
 *   waited for up to the limit; isBegunNow when it has only just begun
 * @throws FailedImage when it is gone or will never be usable
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

/** Waits for an image that is still being made; one of another kind, or of another account, is the cloud's to judge. */
export async function waitWhilePending(
    context: HandlerContext,
    service: ImageService,
    id: string,
    limit: number,
): Promise<void> {
    const image = await service.find(id);
    if (image?.condition === "pending") await waitForImage(context, service, id, limit);
}
