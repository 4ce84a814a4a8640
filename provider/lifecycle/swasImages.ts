import { isGone } from "../clouds/alibaba/failures";
import type { SwasCustomImage } from "../clouds/alibaba/swas/customImages";
import type { AlibabaRegion } from "../clouds/connect";
import { CloudError, UserError } from "../clouds/errors";
import type { Origin, Surroundings } from "../dynamic/handler";
import { expectedMs } from "./expectedDurations";
import { FailedImage } from "./failedImage";
import { goneIsDone } from "./gone";
import {
    claim,
    leftoversBeside,
    nextMark,
    type Owned,
    type Ownership,
    owned,
    ownershipTag,
    ownerTag,
    readOwnership,
} from "./ownership";
import { planRelease, type ReleasePolicy, release, type Share } from "./releaseOrder";
import { type Look, waitUntil } from "./waiting";

/** The image as SWAS knows it, or undefined. */
export function findSwasImage(region: AlibabaRegion, id: string): Promise<SwasCustomImage | undefined> {
    return region.swas.customImage(id);
}

/** An image that SWAS will never make usable. */
export function hasFailed(image: SwasCustomImage): boolean {
    return image.status === "failed" || image.status === "unavailable";
}

async function ownSwasImages(region: AlibabaRegion): Promise<Owned[]> {
    const images = await region.swas.ownCustomImages();
    return images.flatMap((image) => owned(image.imageId, image.tags, hasFailed(image)));
}

/** Clears away what interrupted runs left that is of no use, and says what to make, or what to go on with. */
export async function claimSwasImage(
    surroundings: Surroundings,
    region: AlibabaRegion,
    wanted: { origin: Origin; content: string; limit: number },
): Promise<{ ownership: Ownership; leftover?: string }> {
    const { ownership, adopt, discard } = claim(wanted.origin, wanted.content, await ownSwasImages(region));
    await discardSwasImages(surroundings, region, discard, wanted.limit);
    if (adopt) surroundings.report(`going on with image ${adopt.id}, which an interrupted run began`);
    return { ownership, leftover: adopt?.id };
}

/** Clears away what interrupted runs of the resource left besides the image that has just gone. */
export async function sweepSwasImages(
    surroundings: Surroundings,
    region: AlibabaRegion,
    gone: { origin: Origin; id: string; limit: number },
): Promise<void> {
    const leftovers = leftoversBeside(gone.origin, gone.id, await ownSwasImages(region));
    await discardSwasImages(surroundings, region, leftovers, gone.limit);
}

async function discardSwasImages(
    surroundings: Surroundings,
    region: AlibabaRegion,
    images: readonly Owned[],
    limit: number,
): Promise<void> {
    for (const { id, ownership } of images) {
        const snapshots = await region.swas.allSnapshots();
        const made = snapshots.filter(({ tags }) => readOwnership(tags[ownerTag])?.mark === ownership.mark);
        await deleteSwasImage(surroundings, region, id, {
            policy: {},
            snapshots: made.map(({ snapshotId }) => snapshotId),
            limit,
        });
    }
}

/**
 * Makes an image, or says why its name is taken. A name is one of a kind in a region, and the list does not show a new
 * image at once: what an interrupted run made may come to light only when its name is refused.
 */
export async function makeSwasImage(
    region: AlibabaRegion,
    wanted: { name: string; ownership: Ownership; create: () => Promise<string> },
): Promise<string> {
    try {
        return await wanted.create();
    } catch (error) {
        if (!(error instanceof CloudError) || error.code !== "ImageNameAlreadyExist") throw error;
        const [holder] = await region.swas.listCustomImages({ imageNames: [wanted.name] });
        const owner = readOwnership(holder?.tags[ownerTag]);
        if (!holder || !owner) throw nameTaken(region, wanted.name, holder?.imageId, error);
        if (owner.mark === wanted.ownership.mark && owner.isPending) return holder.imageId;
        const isOwn = nextMark(owner.mark, holder.imageId) === wanted.ownership.mark;
        throw isOwn
            ? nameStillUsed(wanted.name, holder.imageId, error)
            : nameTaken(region, wanted.name, holder.imageId, error);
    }
}

function nameTaken(region: AlibabaRegion, name: string, id: string | undefined, cause: CloudError): UserError {
    return new UserError(
        `an image named ${name} exists already in ${region.region} (${id ?? "not listed yet"}) and was not made by this ` +
            "resource: choose another name, or delete that image",
        { cause },
    );
}

function nameStillUsed(name: string, id: string, cause: CloudError): UserError {
    return new UserError(
        `image ${id} still has the name ${name} that its replacement is to get: leave out name, ` +
            "or set the resource option deleteBeforeReplace",
        { cause },
    );
}

/** Tells the cloud, once the state holds the image, that it is no leftover. */
export function settleSwasImage(
    surroundings: Surroundings,
    region: AlibabaRegion,
    image: { id: string; snapshots: readonly string[]; ownership: Ownership },
): void {
    const tags = { [ownerTag]: ownershipTag({ ...image.ownership, isPending: false }) };
    surroundings.whenSaved(async () => {
        await region.swas.tagResources({ resourceType: "customimage", resourceIds: [image.id], tags });
        if (image.snapshots.length > 0) {
            await region.swas.tagResources({ resourceType: "snapshot", resourceIds: [...image.snapshots], tags });
        }
    });
}

/** A new image may be missing from the list for so many poll intervals; one that was deleted stays missing. */
const intervalsUntilListed = 5;

/**
 * Waits until SWAS says that the image is available.
 *
 * @param begun whether it has only just begun, and how long it usually takes, ms
 */
export function waitForSwasImage(
    surroundings: Surroundings,
    region: AlibabaRegion,
    id: string,
    limit: number,
    begun: { isNew?: boolean; expected?: number } = {},
): Promise<SwasCustomImage> {
    const { isNew, expected = expectedMs.swasImage } = begun;
    const { time, clouds } = surroundings;
    let missedSince: number | undefined;
    const look = async (): Promise<Look<SwasCustomImage>> => {
        const image = await findSwasImage(region, id);
        if (!image) {
            missedSince ??= time.now();
            if (time.now() - missedSince >= clouds.pollMs * intervalsUntilListed) {
                throw new FailedImage(`image ${id} is gone from ${region.region}`);
            }
            return { pending: "waiting for the image to appear" };
        }
        if (image.status === "available") return { done: image };
        if (hasFailed(image)) {
            const what = image.status === "failed" ? "could not be created" : "is unavailable";
            const why = image.description ? `: ${image.description}` : "";
            throw new FailedImage(`image ${id} (${image.name}) in ${region.region} ${what}${why}`);
        }
        return { pending: image.status === "copying" ? "copying the image" : "creating the image" };
    };
    const asks = region.swas.customImage;
    return waitUntil({ surroundings, what: `image ${id} in ${region.region}`, look, limit, expected, asks, isNew });
}

/** Who sees the image, as SWAS knows it now. */
async function swasShares(region: AlibabaRegion, image: SwasCustomImage): Promise<Share[]> {
    const { swas } = region;
    const { imageId } = image;
    const withEcs: Share = {
        recipient: "ECS",
        remove: () => swas.modifyImageShareStatus({ imageId, operation: "UnShare" }),
    };
    const accounts = image.inShareUser ? await swas.listCustomImageShareAccounts(imageId) : [];
    const withAccounts = accounts.map(({ accountId }) => ({
        recipient: `account ${accountId}`,
        remove: () => swas.removeCustomImageShareAccounts({ imageId, accounts: [accountId] }),
    }));
    return [...(image.inShare ? [withEcs] : []), ...withAccounts];
}

const hasCode = (error: unknown, code: string) => error instanceof CloudError && error.code === code;

/** Deletes an image, and the snapshots that were made for it, in the order that SWAS accepts. */
export async function deleteSwasImage(
    surroundings: Surroundings,
    region: AlibabaRegion,
    id: string,
    options: { policy: ReleasePolicy; snapshots: string[]; limit: number },
): Promise<void> {
    const { swas } = region;
    const children = options.snapshots.map((snapshot) => ({
        what: `snapshot ${snapshot}`,
        remove: () => goneIsDone(isGone, () => swas.deleteSnapshot(snapshot)),
    }));
    const attempt = async () => {
        const image = await findSwasImage(region, id);
        const what = `image ${id}${image ? ` (${image.name})` : ""} in ${region.region}`;
        const shares = image ? await swasShares(region, image) : [];
        const deleteImage = () => deleteAndWait(surroundings, region, id, { what, limit: options.limit });
        await release(planRelease({ what, shares, deleteImage, children }, options.policy), surroundings.report);
    };
    try {
        await attempt();
    } catch (error) {
        // Somebody shared the image between the look and the delete.
        if (!hasCode(error, "CustomImageInShare")) throw error;
        await attempt();
    }
}

async function deleteAndWait(
    surroundings: Surroundings,
    region: AlibabaRegion,
    id: string,
    { what, limit }: { what: string; limit: number },
): Promise<void> {
    let isAsked = false;
    const look = async (): Promise<Look<true>> => {
        isAsked ||= await askForDeletion(region, id);
        if (!(await findSwasImage(region, id))) return { done: true };
        return { pending: isAsked ? "deleting the image" : "waiting until the image can be deleted" };
    };
    const asks = region.swas.customImage;
    await waitUntil({ surroundings, what: `the deletion of ${what}`, look, limit, asks });
}

/** False while SWAS is still making or copying the image. */
async function askForDeletion(region: AlibabaRegion, id: string): Promise<boolean> {
    try {
        await goneIsDone(isGone, () => region.swas.deleteCustomImage(id));
        return true;
    } catch (error) {
        if (hasCode(error, "IncorrectStatus")) return false;
        throw error;
    }
}
