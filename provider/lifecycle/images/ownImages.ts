import type { Origin, Surroundings } from "../../dynamic/handler";
import { claim, leftoversBeside, type Owned, type Ownership, owned, settledTag } from "../ownership";
import { releaseImage } from "./releaseImage";
import type { ImageService, SeenImage } from "./service";

/** The images that resources of ours made. */
async function ownImages(service: ImageService): Promise<Owned[]> {
    const images = await service.all();
    return images.flatMap((image) => owned(image.id, image.tags, image.condition === "failed"));
}

/** Clears away what interrupted runs left that is of no use, and says what to make, or what to go on with. */
export async function claimImage(
    surroundings: Surroundings,
    service: ImageService,
    wanted: { origin: Origin; content: string; limit: number },
): Promise<{ ownership: Ownership; leftover?: string }> {
    const { ownership, adopt, discard } = claim(wanted.origin, wanted.content, await ownImages(service));
    await discardImages(surroundings, service, discard, wanted.limit);
    if (adopt) surroundings.report(`going on with image ${adopt.id}, which an interrupted run began`);
    return { ownership, leftover: adopt?.id };
}

/** Clears away what interrupted runs of the resource left besides the image that has just gone. */
export async function sweepImages(
    surroundings: Surroundings,
    service: ImageService,
    gone: { origin: Origin; id: string; limit: number },
): Promise<void> {
    const leftovers = leftoversBeside(gone.origin, gone.id, await ownImages(service));
    await discardImages(surroundings, service, leftovers, gone.limit);
}

async function discardImages(
    surroundings: Surroundings,
    service: ImageService,
    images: readonly Owned[],
    limit: number,
): Promise<void> {
    for (const { id } of images) await discardImage(surroundings, service, id, limit);
}

/** Deletes an image that nobody can be using: a leftover, or one that failed. */
export async function discardImage<Image extends SeenImage>(
    surroundings: Surroundings,
    service: ImageService<Image>,
    id: string,
    limit: number,
): Promise<void> {
    await releaseImage(surroundings, service, id, { policy: {}, children: undefined, isUsable: false, limit });
}

/** Tells the cloud, once the stack's state holds the image and what was made for it, that they are no leftovers. */
export function settleImage(
    surroundings: Surroundings,
    service: ImageService,
    image: { id: string; children: readonly string[]; ownership: Ownership | undefined },
): void {
    const { id, children, ownership } = image;
    if (!ownership?.isPending) return;
    const tags = settledTag(ownership);
    surroundings.whenSaved(async () => {
        await service.setTags(id, tags);
        if (children.length > 0) await service.tagChildren?.(children, tags);
    });
}
