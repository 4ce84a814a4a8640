import { isGone } from "../clouds/alibaba/failures";
import type { SwasCustomImage } from "../clouds/alibaba/swas/customImages";
import type { AlibabaRegion } from "../clouds/connect";
import { CloudError, UserError } from "../clouds/errors";
import type { Surroundings } from "../dynamic/handler";
import { expectedMs } from "./expectedDurations";
import { FailedImage } from "./failedImage";
import { ownerTag, tagChanges, userTags } from "./origin";
import { planRelease, type ReleasePolicy, release, type Share } from "./releaseOrder";
import { type Look, waitUntil } from "./waiting";

/** The image as SWAS knows it, or undefined. */
export async function findSwasImage(region: AlibabaRegion, id: string): Promise<SwasCustomImage | undefined> {
    const [image] = await region.swas.listCustomImages({ imageIds: [id] });
    return image;
}

/**
 * The id of the image of this name that belongs to the resource: the one that an interrupted run left behind, else a
 * new one. A name is one of a kind in a region, so somebody else's image under it can only be an error.
 */
export async function ensureSwasImage(
    region: AlibabaRegion,
    wanted: { name: string; mark: string; create: () => Promise<string> },
): Promise<string> {
    const leftover = await findLeftover(region, wanted.name, wanted.mark);
    if (leftover?.status === "failed") await region.swas.deleteCustomImage(leftover.imageId);
    else if (leftover) return leftover.imageId;
    try {
        return await wanted.create();
    } catch (error) {
        // The list does not show a new image at once: an interrupted run's may come to light only now.
        if (!(error instanceof CloudError) || error.code !== "ImageNameAlreadyExist") throw error;
        const late = await findLeftover(region, wanted.name, wanted.mark);
        if (late) return late.imageId;
        throw error;
    }
}

async function findLeftover(region: AlibabaRegion, name: string, mark: string): Promise<SwasCustomImage | undefined> {
    const [image] = await region.swas.listCustomImages({ imageNames: [name] });
    if (!image || image.tags[ownerTag] === mark) return image;
    throw new UserError(
        `an image named ${name} exists already in ${region.region} (${image.imageId}) and was not made by this ` +
            "resource: choose another name, or delete that image",
    );
}

/** Waits until SWAS says that the image is available. */
export function waitForSwasImage(
    surroundings: Surroundings,
    region: AlibabaRegion,
    id: string,
    limit: number,
    expected: number = expectedMs.swasImage,
): Promise<SwasCustomImage> {
    let misses = 0;
    const look = async (): Promise<Look<SwasCustomImage>> => {
        const image = await findSwasImage(region, id);
        if (!image) {
            // A new image may be missing from the list for a moment; one that was deleted stays missing.
            misses++;
            if (misses > 5) throw new FailedImage(`image ${id} has disappeared from ${region.region}: run up again`);
            return { pending: "waiting for the image to appear" };
        }
        switch (image.status) {
            case "available":
                return { done: image };
            case "failed":
            case "unavailable":
                throw new FailedImage(
                    `image ${id} (${image.name}) in ${region.region} ${
                        image.status === "failed" ? "could not be created" : "is unavailable"
                    }${image.description ? `: ${image.description}` : ""}`,
                );
            case "copying":
                return { pending: "copying the image" };
            default:
                return { pending: "creating the image" };
        }
    };
    return waitUntil({ surroundings, what: `image ${id} in ${region.region}`, look, limit, expected });
}

/** Makes the image's tags those that are wanted; the owner's mark stays. */
export async function retagSwasImage(
    region: AlibabaRegion,
    image: SwasCustomImage,
    wanted: Record<string, string> | undefined,
): Promise<void> {
    const { set, remove } = tagChanges(userTags(image.tags, undefined), wanted);
    const target = { resourceType: "customimage" as const, resourceIds: [image.imageId] };
    if (remove.length > 0) await region.swas.untagResources({ ...target, keys: remove });
    if (Object.keys(set).length > 0) await region.swas.tagResources({ ...target, tags: set });
}

/** Who sees the image, as SWAS knows it now. */
export async function swasShares(region: AlibabaRegion, image: SwasCustomImage): Promise<Share[]> {
    const { swas } = region;
    const shares: Share[] = [];
    if (image.inShare) {
        shares.push({
            recipient: "ECS",
            remove: () => swas.modifyImageShareStatus({ imageId: image.imageId, operation: "UnShare" }),
        });
    }
    if (image.inShareUser) {
        const accounts = await swas.listCustomImageShareAccounts(image.imageId);
        for (const { accountId } of accounts) {
            shares.push({
                recipient: `account ${accountId}`,
                remove: () => swas.removeCustomImageShareAccounts({ imageId: image.imageId, accounts: [accountId] }),
            });
        }
    }
    return shares;
}

async function goneIsDone(work: () => Promise<unknown>): Promise<void> {
    try {
        await work();
    } catch (error) {
        if (!isGone(error)) throw error;
    }
}

/** SWAS answers so while somebody shares the image again between the look and the delete. */
function isShared(error: unknown): boolean {
    return error instanceof CloudError && error.code === "CustomImageInShare";
}

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
        remove: () => goneIsDone(() => swas.deleteSnapshot(snapshot)),
    }));
    const image = await findSwasImage(region, id);
    const what = `image ${id}${image ? ` (${image.name})` : ""} in ${region.region}`;
    const attempt = async () => {
        const current = await findSwasImage(region, id);
        const shares = current ? await swasShares(region, current) : [];
        const deleteImage = async () => {
            if (current) await goneIsDone(() => swas.deleteCustomImage(id));
            await waitUntil({
                surroundings,
                what: `the deletion of ${what}`,
                look: async () =>
                    (await findSwasImage(region, id)) ? { pending: "deleting the image" } : { done: true },
                limit: options.limit,
            });
        };
        await release(planRelease({ what, shares, deleteImage, children }, options.policy), surroundings.report);
    };
    try {
        await attempt();
    } catch (error) {
        if (!isShared(error)) throw error;
        await attempt();
    }
}
