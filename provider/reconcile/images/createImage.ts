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

/** An image that has been asked for. */
export interface Begun {
    id: string;
    /** Ids of what was made for it. */
    children?: string[];
    /** Waits for whatever tells best why it may fail. @throws FailedImage */
    follow?: () => Promise<void>;
}

/** How one resource's image is made. */
export interface ImagePlan<Image extends SeenImage, State> {
    /** Equal for images that are made of the same. */
    contentHash: string;
    name?: string;
    tags?: Record<string, string>;
    options: ImageOptions;
    /** What the image is made of was there before, and stays when the image goes. */
    isExternalSource?: boolean;
    /** Milliseconds for each wait. */
    limit: number;
    /** Asks for the image. A refusal leaves nothing behind. */
    begin(wanted: { ownership: Ownership; name: string }): Promise<Begun>;
    /** What may have been created for an image, and be left without it. */
    relatives?(): Promise<Relatives>;
    /** What was made for an image that an interrupted run began. */
    childrenOf?(image: Image | undefined): string[];
    /** What an existing image is not, that the inputs ask for. */
    differences(image: Image): string[];
    /** Changes in place what an image that an interrupted run began is not, besides its tags; undefined when it is all. */
    change?(image: Image, name: string): (() => Promise<unknown>) | undefined;
    /** As soon as its id is known. */
    begunState(name: string, children: string[] | undefined): State;
    stateOf(image: Image, children: string[] | undefined): Promise<State> | State;
}

/**
 * Makes an image once, however often it is interrupted: what an earlier run began is gone on with, its id is kept as
 * soon as it is known, and one that failed is cleared away.
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

    // 1. What an interrupted run has begun is gone on with, else a new image is asked for.
    const { begun, ownership, isNew } = await beginOnce(work, service, plan);
    const name = plan.name ?? nameFor(identity, ownership.ownerId);

    // 2. From here on its id is kept, whatever happens.
    const begunState = plan.begunState(name, begun.children);
    work.checkpoint(begun.id, begunState);
    const settled = { id: begun.id, children: begun.children ?? [], ownership };
    if (plan.options.wait === "none") {
        if (!isNew) await changeUnfinished(work, service, plan, { id: begun.id, name });
        confirmImageAtEnd(work, service, settled);
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
            // The inputs may have changed since the interrupted run began it.
            await plan.change?.(image, name)?.();
            await retag({ found: image.tags, wanted: plan.tags, ...taggingOf(service, begun.id) });
            image = (await service.find(begun.id)) ?? image;
        }
        confirmImageAtEnd(work, service, settled);
        return { id: begun.id, state: await plan.stateOf(image, begun.children) };
    } catch (error) {
        if (!(error instanceof FailedImage)) throw error;
        await discardImage(work, service, begun.id, limit);
        work.clearCheckpoint();
        throw error;
    }
}

/** Makes what an interrupted run began into what the inputs say by now. It is waited for only when it must be changed. */
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

/** What an interrupted run began for another version is not gone on with: its source may have changed since. */
function ofVersion<Image extends SeenImage, State>(plan: ImagePlan<Image, State>): ImagePlan<Image, State> {
    const { contentHash, options } = plan;
    return options.version === undefined ? plan : { ...plan, contentHash: contentHashOf(contentHash, options.version) };
}

async function beginOnce<Inputs, Image extends SeenImage, State>(
    work: CreateWork<Inputs, State>,
    service: ImageService<Image>,
    plan: ImagePlan<Image, State>,
): Promise<{ begun: Begun; ownership: Ownership; isNew: boolean }> {
    const { identity, time, clouds, report, warn } = work;
    const { contentHash, limit } = plan;
    const started = time.now();
    const isOver = () => time.now() - started >= limit;
    // No source says how late lists may be. The other half is for the image that is created then.
    const lateness = limit / 2;
    const relatives = await plan.relatives?.();
    let isUnanswered = false;
    let mustAppear = false;
    let mayAppear: boolean | undefined;
    for (;;) {
        const claimed = await claimImage(work, service, { contentHash, limit, relatives });
        const { orphan } = claimed;
        const ownership = noting(claimed.ownership, plan);
        // What was begun has come to light, and was of no use.
        if (claimed.hasDiscarded) mustAppear = mayAppear = false;
        if (orphan !== undefined) {
            const children = plan.childrenOf?.(await service.find(orphan));
            return { begun: { id: orphan, children }, ownership, isNew: false };
        }
        if (mustAppear) {
            if (isOver()) throw neverListed(service, ownership, limit);
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
            if (mayAppear) warn(maybeSecond(service, ownership, lateness));
            return { begun, ownership, isNew: true };
        } catch (error) {
            if (!isOver() && service.isNameTaken?.(error) && (await isTakenUnseen(work, service, ownership, name))) {
                report("waiting for the image of an interrupted run to appear");
                await time.sleep(clouds.pollMs);
                continue;
            }
            const isUnderWay = await service.mayBeUnderWay?.(error, ownership);
            if (!isUnderWay || isOver()) throw error;
            if (error instanceof CloudError && error.outcomeUnknown) isUnanswered = true;
            // The cloud is at work on an earlier request. One of ours is not sent again when the work has ended, because
            // lists show new images late.
            else mustAppear = isUnanswered || (await wasInterrupted(work, ownership.ownerId));
            report("waiting for an identical request that is already running");
            await time.sleep(clouds.pollMs);
        }
    }
}

/** Whether a name is taken by an image that no list shows, which an interrupted create of the resource may have ordered. */
async function isTakenUnseen(
    work: CreateWork<unknown, unknown>,
    service: ImageService,
    { ownerId }: Ownership,
    wanted: string,
): Promise<boolean> {
    const isListed = (await service.all()).some(({ name }) => name === wanted);
    return !isListed && (await wasInterrupted(work, ownerId));
}

function maybeSecond({ region }: ImageService, { ownerId }: Ownership, lateness: number): string {
    return (
        `an earlier run was interrupted while it created this image, and no such image is listed in ${region} after ` +
        `${spoken(lateness)}, so this run creates another one. If the first image appears later, the next "pulumi up" deletes it. ` +
        `Until then, it is billed. Both images have the tag ${ownerTag}=${ownerId}…`
    );
}

function neverListed({ region }: ImageService, { ownerId }: Ownership, limit: number): UserError {
    return new UserError(
        `an earlier request for this image was sent, but no image with the tag ${ownerTag}=${ownerId}… is listed in ${region} after ` +
            `${spoken(limit)}. No second image is requested. Look for the image in the cloud's console. If it exists, ` +
            "run the same command again. If it does not exist, run the same command again after all images and backups of the server are complete",
    );
}

function noting(ownership: Ownership, { isExternalSource }: { isExternalSource?: boolean }): Ownership {
    return isExternalSource ? { ...ownership, isExternalSource } : ownership;
}

/** Takes an existing image over: from now on it is the resource's, and goes with it. */
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
    const ownership = noting(claimed, plan);
    work.checkpoint(image.id, plan.begunState(image.name, undefined));
    const ready = await waitForImage(work, service, image.id, plan.limit);
    await service.setTags(image.id, tagsWith(ownership, undefined));
    await retag({ found: ready.tags, wanted: plan.tags, ...taggingOf(service, image.id) });
    confirmImageAtEnd(work, service, { id: image.id, children: [], ownership });
    return { id: image.id, state: await plan.stateOf(ready, undefined) };
}

/** How the tags of an image are set and removed. */
export function taggingOf(service: ImageService, id: string) {
    return {
        set: (tags: Record<string, string>) => service.setTags(id, tags),
        remove: (keys: string[]) => service.removeTags(id, keys),
    };
}
