import { CloudError, UserError } from "../../clouds/errors";
import { spoken } from "../../core/time";
import type { CreateWork } from "../../pulumi/dynamic/handler";
import { type Relatives, wasInterrupted } from "../ownership/claim";
import { contentHashOf, nameFor, type Ownership, ownershipTags, ownerTag, tagsWith } from "../ownership/ownership";
import { retag } from "../tags/tags";
import { imageToAdopt } from "./adoptImage";
import { FailedImage } from "./failedImage";
import type { ImageOptions } from "./options";
import { claimImage, confirmImageAtEnd, discardImage } from "./ownImages";
import type { ImageService, SeenImage } from "./service";
import { waitForImage } from "./waitForImage";

/** An image whose creation was requested. */
export interface StartedImage {
    id: string;
    /** Ids of its children. */
    children?: string[];
    /** Waits for the job that reports why the creation failed. @throws FailedImage */
    follow?: () => Promise<void>;
}

/** How the image of one resource is created. */
export interface ImagePlan<Image extends SeenImage, State> {
    /** Equal for images that are created from the same inputs. */
    contentHash: string;
    name?: string;
    tags?: Record<string, string>;
    options: ImageOptions;
    /** The source existed before the image and is kept when the image is deleted. */
    isExternalSource?: boolean;
    /** Milliseconds for each wait. */
    limit: number;
    /** Requests the image. If the request is refused, nothing was created. */
    begin(wanted: { ownership: Ownership; name: string }): Promise<StartedImage>;
    /** Objects that were created for an image and may exist without it. */
    relatives?(): Promise<Relatives>;
    /** The children of an image that an interrupted run started. */
    childrenOf?(image: Image | undefined): string[];
    /** Lists how an existing image differs from the inputs. */
    differences(image: Image): string[];
    /**
     * Returns an in-place update of an image that an interrupted run started; undefined if nothing but its tags can
     * differ.
     */
    change?(image: Image, name: string): (() => Promise<unknown>) | undefined;
    /** The state as soon as the id of the image is known. */
    begunState(name: string, children: string[] | undefined): State;
    stateOf(image: Image, children: string[] | undefined): Promise<State> | State;
}

/**
 * Creates one image even if runs are interrupted: resumes the image of an earlier run, records the id as soon as it is
 * known, and deletes an image whose creation failed.
 */
export async function createImage<Inputs, Image extends SeenImage, State>(
    work: CreateWork<Inputs, State>,
    service: ImageService<Image>,
    given: ImagePlan<Image, State>,
): Promise<{ id: string; state: State }> {
    const plan = ofVersion(given);
    if (plan.options.adopt !== undefined) return adoptImage(work, service, plan, plan.options.adopt);
    const { identity } = work;
    const { limit } = plan;

    // 1. Resume the image of an interrupted run, or request a new image.
    const { begun, ownership, isNew } = await beginOnce(work, service, plan);
    const name = plan.name ?? nameFor(identity, ownership.ownerId);

    // 2. Record the id, so that a later failure keeps it.
    const begunState = plan.begunState(name, begun.children);
    work.checkpoint(begun.id, begunState);
    const confirmable = { id: begun.id, children: begun.children ?? [], ownership };
    if (plan.options.wait === "none") {
        if (!isNew) await changeUnfinished(work, service, plan, { id: begun.id, name });
        confirmImageAtEnd(work, service, confirmable);
        return { id: begun.id, state: begunState };
    }
    try {
        await begun.follow?.();
        let image = await waitForImage(work, service, begun.id, limit, {
            isNew: true,
            isBegunNow: isNew,
            exists: () => service.exists(begun.id, ownershipTags(ownership)),
        });
        if (!isNew) {
            // The inputs may have changed since the interrupted run started the image.
            await plan.change?.(image, name)?.();
            await retag({ found: image.tags, wanted: plan.tags, ...taggingOf(service, begun.id) });
            image = (await service.find(begun.id)) ?? image;
        }
        confirmImageAtEnd(work, service, confirmable);
        return { id: begun.id, state: await plan.stateOf(image, begun.children) };
    } catch (error) {
        if (!(error instanceof FailedImage)) throw error;
        await discardImage(work, service, begun.id, limit);
        work.clearCheckpoint();
        throw error;
    }
}

/**
 * Updates an image that an interrupted run started to the current inputs. Waits for the image only if it must be
 * changed.
 */
async function changeUnfinished<Inputs, Image extends SeenImage, State>(
    work: CreateWork<Inputs, State>,
    service: ImageService<Image>,
    plan: ImagePlan<Image, State>,
    { id, name }: { id: string; name: string },
): Promise<void> {
    let image = await service.find(id);
    if (!image) return;
    if (plan.change?.(image, name)) {
        image = await waitForImage(work, service, id, plan.limit);
        await plan.change(image, name)?.();
    }
    await retag({ found: image.tags, wanted: plan.tags, ...taggingOf(service, id) });
}

/** An image that an interrupted run started for another version is not resumed: its source may have changed since. */
function ofVersion<Image extends SeenImage, State>(plan: ImagePlan<Image, State>): ImagePlan<Image, State> {
    const { contentHash, options } = plan;
    return options.version === undefined ? plan : { ...plan, contentHash: contentHashOf(contentHash, options.version) };
}

async function beginOnce<Inputs, Image extends SeenImage, State>(
    work: CreateWork<Inputs, State>,
    service: ImageService<Image>,
    plan: ImagePlan<Image, State>,
): Promise<{ begun: StartedImage; ownership: Ownership; isNew: boolean }> {
    const { identity, time, clouds, report, warn } = work;
    const { contentHash, limit } = plan;
    const started = time.now();
    const isOver = () => time.now() - started >= limit;
    // No source documents how late lists can be. The other half of the limit is for the image that is created
    // afterwards.
    const lateness = limit / 2;
    const relatives = await plan.relatives?.();
    let isUnanswered = false;
    let mustAppear = false;
    let mayAppear: boolean | undefined;
    for (;;) {
        const claimed = await claimImage(work, service, { contentHash, limit, relatives });
        const { orphan } = claimed;
        const ownership = withExternalSource(claimed.ownership, plan);
        // The image of the earlier request appeared and was discarded.
        if (claimed.hasDiscarded) mustAppear = mayAppear = false;
        if (orphan !== undefined) {
            const children = plan.childrenOf?.(await service.find(orphan));
            return { begun: { id: orphan, children }, ownership, isNew: false };
        }
        if (mustAppear) {
            if (isOver()) throw notListedError(service, ownership, limit);
            report("waiting for the image of an earlier request to appear");
            await time.sleep(clouds.pollMs);
            continue;
        }
        if (service.onlyListsTell) mayAppear ??= await wasInterrupted(work, ownership.ownerId);
        if (mayAppear && time.now() - started < lateness) {
            report("looking for the image that an interrupted run may have requested");
            await time.sleep(clouds.pollMs);
            continue;
        }
        const name = plan.name ?? nameFor(identity, ownership.ownerId);
        try {
            const begun = await plan.begin({ ownership, name });
            if (mayAppear) warn(possibleDuplicateWarning(service, ownership, lateness));
            return { begun, ownership, isNew: true };
        } catch (error) {
            if (
                !isOver() &&
                service.isNameTaken?.(error) &&
                (await isTakenByUnlisted(work, service, ownership, name))
            ) {
                report("waiting for the image of an interrupted run to appear");
                await time.sleep(clouds.pollMs);
                continue;
            }
            const isUnderWay = await service.mayBeUnderWay?.(error, ownership);
            if (!isUnderWay || isOver()) throw error;
            if (error instanceof CloudError && error.outcomeUnknown) isUnanswered = true;
            // The cloud is processing an earlier request. If that request was sent by this resource, it is not repeated
            // when the work ends, because lists show new images late.
            else mustAppear = isUnanswered || (await wasInterrupted(work, ownership.ownerId));
            report("waiting for an identical request that is already running");
            await time.sleep(clouds.pollMs);
        }
    }
}

/**
 * Whether a name is taken by an image that is not listed yet, which an interrupted create of the resource may have
 * requested.
 */
async function isTakenByUnlisted(
    work: CreateWork<unknown, unknown>,
    service: ImageService,
    { ownerId }: Ownership,
    wanted: string,
): Promise<boolean> {
    const isListed = (await service.all()).some(({ name }) => name === wanted);
    return !isListed && (await wasInterrupted(work, ownerId));
}

function possibleDuplicateWarning({ region }: ImageService, { ownerId }: Ownership, lateness: number): string {
    return (
        `an earlier run was interrupted while it created this image, and no such image is listed in ${region} after ` +
        `${spoken(lateness)}, so this run creates another one. If the first image appears later, the next "pulumi up" deletes it. ` +
        `Until then, it is billed. Both images have the tag ${ownerTag}=${ownerId}…`
    );
}

function notListedError({ region }: ImageService, { ownerId }: Ownership, limit: number): UserError {
    return new UserError(
        `an earlier request for this image was sent, but no image with the tag ${ownerTag}=${ownerId}… is listed in ${region} after ` +
            `${spoken(limit)}. No second image is requested. Look for the image in the cloud's console. If it exists, ` +
            "run the same command again. If it does not exist, run the same command again after all images and backups of the server are complete",
    );
}

function withExternalSource(ownership: Ownership, { isExternalSource }: { isExternalSource?: boolean }): Ownership {
    return isExternalSource ? { ...ownership, isExternalSource } : ownership;
}

/** Adopts an existing image: from now on, the resource owns it and deletes it. */
async function adoptImage<Inputs, Image extends SeenImage, State>(
    work: CreateWork<Inputs, State>,
    service: ImageService<Image>,
    plan: ImagePlan<Image, State>,
    adopt: string,
): Promise<{ id: string; state: State }> {
    const { identity } = work;
    const { contentHash, differences } = plan;
    const { image, ownership: claimed } = await imageToAdopt(work, service, {
        adopt,
        identity,
        contentHash,
        differences,
    });
    const ownership = withExternalSource(claimed, plan);
    work.checkpoint(image.id, plan.begunState(image.name, undefined));
    const ready = await waitForImage(work, service, image.id, plan.limit);
    await service.setTags(image.id, tagsWith(ownership, undefined));
    await retag({ found: ready.tags, wanted: plan.tags, ...taggingOf(service, image.id) });
    confirmImageAtEnd(work, service, { id: image.id, children: [], ownership });
    return { id: image.id, state: await plan.stateOf(ready, undefined) };
}

/** Sets and removes the tags of an image. */
export function taggingOf(service: ImageService, id: string) {
    return {
        set: (tags: Record<string, string>) => service.setTags(id, tags),
        remove: (keys: string[]) => service.removeTags(id, keys),
    };
}
