import type { CreateWork, HandlerContext, SweepWork } from "../../pulumi/dynamic/handler";
import { claim, type Relatives } from "../ownership/claim";
import { orphansBeside } from "../ownership/orphans";
import { confirm, type Owned, type Ownership, owned } from "../ownership/ownership";
import { confirmChildren } from "./confirmChildren";
import { releaseImage } from "./releaseImage";
import type { ImageService, SeenImage } from "./service";

/** The images that resources of this provider created. */
async function ownImages(service: ImageService): Promise<Owned[]> {
    const listed = await service.all();
    const images = [...listed, ...((await service.unlisted?.(listed)) ?? [])];
    return images.flatMap((image) =>
        owned(image.id, image.tags, image.condition === "failed" && image.wasReady !== true),
    );
}

/** Deletes unusable images of interrupted runs, and returns what to create or what to resume. */
export async function claimImage(
    work: Pick<CreateWork<unknown, unknown>, "identity"> & HandlerContext,
    service: ImageService,
    { contentHash, limit, relatives }: { contentHash: string; limit: number; relatives?: Relatives },
): Promise<{ ownership: Ownership; orphan?: string; hasDiscarded: boolean }> {
    const { ownership, adopt, discard } = await claim(work, contentHash, await ownImages(service), { relatives });
    await discardImages(work, service, discard, limit);
    if (adopt) work.report(`resuming image ${adopt.id}, which an interrupted run started`);
    return { ownership, orphan: adopt?.id, hasDiscarded: discard.length > 0 };
}

/**
 * Deletes the images that interrupted replacements of the resource left.
 * @param place identifies the list that is shared
 */
export async function sweepImages(
    work: SweepWork<unknown, unknown>,
    service: ImageService,
    { place, limit }: { place: readonly unknown[]; limit: number },
): Promise<void> {
    const images = await work.listed(place, () => ownImages(service));
    await discardImages(work, service, await orphansBeside(work, work.id, images), limit);
}

async function discardImages(
    context: HandlerContext,
    service: ImageService,
    images: readonly { readonly id: string }[],
    limit: number,
): Promise<void> {
    for (const { id } of images) await discardImage(context, service, id, limit);
}

/** Deletes an image that nothing can use: an orphan, or an image whose creation failed. */
export async function discardImage<Image extends SeenImage>(
    context: HandlerContext,
    service: ImageService<Image>,
    id: string,
    limit: number,
): Promise<void> {
    await releaseImage(context, service, id, { policy: {}, children: undefined, isUsable: false, limit });
}

/**
 * Confirms ownership of an image and its children when the run ends successfully, because the state then holds them.
 */
export function confirmImageAtEnd(
    context: Pick<HandlerContext, "whenSaved">,
    service: ImageService,
    image: { id: string; children: readonly string[]; ownership: Ownership | undefined },
): void {
    const { ownership } = image;
    if (ownership?.isPending) context.whenSaved(() => confirmImage(service, { ...image, ownership }));
}

/** Sets the tags that say that a state holds the image and its children. */
export async function confirmImage(
    service: ImageService,
    { id, children, ownership }: { id: string; children: readonly string[]; ownership: Ownership },
): Promise<void> {
    const tagging = { set: (tags: Record<string, string>) => service.setTags(id, tags) };
    // The image is tagged last: as long as it is pending, a later run confirms all of them.
    if (children.length > 0) await confirmChildren(service, children, ownership);
    await confirm(tagging, ownership);
}
