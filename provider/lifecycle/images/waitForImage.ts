import type { Surroundings } from "../../dynamic/handler";
import { FailedImage } from "../failedImage";
import { type Look, waitUntil } from "../waiting";
import { describeImage, type ImageService, type SeenImage } from "./service";

/** A new image may be missing from the cloud's list for a moment; one that was deleted stays missing. */
const mostMisses = 5;

/** Waits until the image can be used. @throws FailedImage when it is gone or will never be usable */
export function waitForImage<Image extends SeenImage>(
    surroundings: Surroundings,
    service: ImageService<Image>,
    id: string,
    limit: number,
): Promise<Image> {
    let misses = 0;
    const look = async (): Promise<Look<Image>> => {
        const image = await service.find(id);
        if (!image) {
            misses++;
            if (misses > mostMisses) throw new FailedImage(`image ${id} is gone from ${service.region}`);
            return { pending: "waiting for the image to appear" };
        }
        if (image.condition === "ready") return { done: image };
        if (image.condition === "failed") throw new FailedImage(`${describeImage(service, id, image)} ${image.note}`);
        return { pending: image.note, progress: image.progress };
    };
    const what = `image ${id} in ${service.region}`;
    return waitUntil({ surroundings, what, look, limit, expected: service.expectedMs });
}

/** Waits for an image that is still being made; one of another kind, or of another account, is the cloud's to judge. */
export async function waitWhilePending(
    surroundings: Surroundings,
    service: ImageService,
    id: string,
    limit: number,
): Promise<void> {
    const image = await service.find(id);
    if (image?.condition === "pending") await waitForImage(surroundings, service, id, limit);
}
