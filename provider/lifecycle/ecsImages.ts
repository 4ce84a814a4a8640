import type { EcsImage } from "../clouds/alibaba/ecs/images";
import type { AlibabaRegion } from "../clouds/connect";
import type { Surroundings } from "../dynamic/handler";
import { FailedImage } from "./failedImage";
import { type Look, waitUntil } from "./waiting";

/** A new image may be missing from the list for as many looks; one that was deleted stays missing. */
const looksForNew = 5;

/** The account's own image as ECS knows it, or undefined. */
export async function findEcsImage(region: AlibabaRegion, imageId: string): Promise<EcsImage | undefined> {
    const [image] = await region.ecs.describeImages({ imageId, ownerAlias: "self" });
    return image;
}

/** An image that ECS will never make usable. */
export function hasFailed(image: EcsImage): boolean {
    return image.status === "CreateFailed" || image.status === "UnAvailable";
}

/** Waits until servers can be made from the image: available and usable, which comes later. */
export function waitForEcsImage(
    surroundings: Surroundings,
    region: AlibabaRegion,
    imageId: string,
    options: { limit: number; expected?: number },
): Promise<EcsImage> {
    let misses = 0;
    const look = async (): Promise<Look<EcsImage>> => {
        const image = await findEcsImage(region, imageId);
        if (!image) {
            misses++;
            if (misses > looksForNew) throw new FailedImage(`image ${imageId} is gone from ECS ${region.region}`);
            return { pending: "waiting for the image to appear" };
        }
        if (hasFailed(image)) {
            throw new FailedImage(
                `image ${imageId} (${image.imageName ?? "no name"}) in ECS ${region.region} could not be copied`,
            );
        }
        if (image.status === "Waiting") return { pending: "waiting for other copies to end" };
        if (image.status !== "Creating" && image.usable) return { done: image };
        const progress = image.progressPercent === undefined ? undefined : image.progressPercent / 100;
        return image.status === "Creating"
            ? { pending: "copying the image", progress }
            : { pending: "waiting until the image is usable" };
    };
    return waitUntil({ surroundings, what: `image ${imageId} in ECS ${region.region}`, look, ...options });
}
