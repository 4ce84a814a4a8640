import { isGone } from "../../clouds/alibaba/failures";
import { explain, stagingCopy } from "../../clouds/capabilities";
import type { AlibabaRegion } from "../../clouds/connect";
import { CloudError, UserError } from "../../clouds/errors";
import type { HandlerContext, ResourceIdentity } from "../../pulumi/dynamic/handler";
import { ignoreNotFound } from "../notFound";
import { type CreateOnce, createOnce } from "../ownership/createOnce";
import {
    nextOwnerId,
    type Owned,
    type Ownership,
    owned,
    ownershipTags,
    ownerTag,
    readOwnership,
    tagsWith,
} from "../ownership/ownership";
import { expectedMs } from "../polling/expectedDurations";
import { ecsImages, snapshotsBehind } from "./ecsImages";
import { FailedImage } from "./failedImage";
import { discardImage } from "./ownImages";
import { retryUntilListed } from "./releaseImage";
import { waitForImage } from "./waitForImage";

/** A copy of an image that is visible to ECS. */
export interface EcsCopy {
    /** The region of the image. */
    source: AlibabaRegion;
    imageId: string;
    /** The region of the copy. */
    target: AlibabaRegion;
    name: string;
    description?: string;
    tags?: Record<string, string>;
    encrypted?: boolean;
    identity: ResourceIdentity;
    ownership: Ownership;
    /** Whether the create waits for the copy, so that it can delete the staging copy. */
    isAwaited: boolean;
    /** Milliseconds for each wait. */
    limit: number;
    checkpoint?: CreateOnce["checkpoint"];
}

/** The staging copy has its own owner id, which is derived from the owner id of the final copy. */
export const stagingOwnerId = (ownerId: string): string => nextOwnerId(ownerId, "between");

/**
 * Starts the copy and returns its id. CopyImage copies an image of another owner, such as one that Simple Application
 * Server shares, only within its region. A copy to another region therefore uses a staging copy.
 */
export async function copyToEcs(context: HandlerContext, copy: EcsCopy): Promise<string> {
    const { source, target, imageId, limit } = copy;
    const [image] = await source.ecs.describeImages({ imageId });
    if (!image) {
        throw new UserError(
            `image ${imageId} is not visible to ECS in ${source.region}. Share it with an ImageShare that has with: "ecs", or correct the id`,
        );
    }
    const isOwn = image.ownerAlias === "self";
    if (isOwn) await waitForImage(context, ecsImages(source), imageId, limit);
    if (isOwn || target.region === source.region) {
        await deleteStagingCopy(context, source, { ownerIds: [copy.ownership.ownerId], limit });
        return requestCopy(context, copy);
    }
    if (!copy.isAwaited) {
        throw new UserError(`image ${imageId} cannot be copied with wait: "none": ${explain(stagingCopy)}`);
    }
    const staged = await createStagingCopy(context, copy);
    try {
        return await requestCopy(context, { ...copy, imageId: staged });
    } catch (error) {
        // If ECS refused the copy, nothing was created. If the outcome is unknown, the next run resumes the copy.
        const isRefused = error instanceof CloudError && !error.outcomeUnknown && !error.retryable;
        if (isRefused) await deleteStagingCopy(context, source, { ownerIds: [copy.ownership.ownerId], limit });
        throw error;
    }
}

/**
 * Returns the id of the staging copy in the source's region as soon as it can be copied. Uses the staging copy of an
 * interrupted run if there is one.
 */
async function createStagingCopy(context: HandlerContext, copy: EcsCopy): Promise<string> {
    const { source, limit } = copy;
    const ownership = { ...copy.ownership, ownerId: stagingOwnerId(copy.ownership.ownerId), isPending: true };
    const service = ecsImages(source, expectedMs.ecsImageCopyInRegion);
    const found = await findStagingCopies(source, [copy.ownership.ownerId]);
    const isUsable = ({ condition, tags }: (typeof found)[number]) =>
        condition !== "failed" && readOwnership(tags)?.contentHash === ownership.contentHash;
    for (const { id } of found.filter((staged) => !isUsable(staged))) {
        await discardImage(context, service, id, limit);
    }
    const name = `between-${ownership.ownerId}`;
    const id =
        found.find(isUsable)?.id ??
        (await requestCopy(context, {
            ...copy,
            target: source,
            name,
            tags: undefined,
            ownership,
            checkpoint: undefined,
        }));
    try {
        const image = await waitForImage(context, service, id, limit);
        // The snapshots outlive the image. The tag finds them when only they are left.
        await service.tagChildren?.(snapshotsBehind(image), tagsWith(ownership, undefined));
    } catch (error) {
        if (error instanceof FailedImage) await discardImage(context, service, id, limit);
        throw error;
    }
    return id;
}

/** All staging copies, and the snapshots behind staging copies. */
export async function possibleStagingCopies(source: AlibabaRegion): Promise<Owned[]> {
    const images = await ecsImages(source).all();
    const snapshots = await source.ecs.describeSnapshots({ tagKey: ownerTag });
    return [
        ...images.flatMap(({ id, tags }) => owned(id, tags)),
        ...snapshots.flatMap(({ snapshotId, tags }) => owned(snapshotId, tags)),
    ];
}

async function findStagingCopies(source: AlibabaRegion, ownerIds: readonly string[]) {
    const wanted = ownerIds.map(stagingOwnerId);
    const images = await ecsImages(source).all();
    return images.filter(({ tags }) => wanted.includes(readOwnership(tags)?.ownerId ?? ""));
}

/** Deletes the staging copies for these owner ids and their snapshots, as soon as no copy uses them any more. */
export async function deleteStagingCopy(
    context: HandlerContext,
    source: AlibabaRegion,
    { ownerIds, limit }: { ownerIds: readonly string[]; limit: number },
): Promise<void> {
    const service = ecsImages(source);
    const wanted = ownerIds.map(stagingOwnerId);
    await retryUntilListed(context, service, async () => {
        for (const { id } of await findStagingCopies(source, ownerIds)) {
            await discardImage(context, service, id, limit);
        }
        for (const { snapshotId, tags } of await source.ecs.describeSnapshots({ tagKey: ownerTag })) {
            const belongsToStagingCopy = wanted.includes(readOwnership(tags)?.ownerId ?? "");
            if (belongsToStagingCopy) await ignoreNotFound(isGone, () => source.ecs.deleteSnapshot(snapshotId));
        }
    });
}

/** Deletes unused staging copies and the snapshots behind them. */
export async function deleteStagingOrphans(
    context: HandlerContext,
    source: AlibabaRegion,
    { orphans, limit }: { orphans: readonly { readonly id: string }[]; limit: number },
): Promise<void> {
    const service = ecsImages(source);
    const images = (await service.all()).map(({ id }) => id);
    for (const { id } of orphans.filter((one) => images.includes(one.id))) {
        await discardImage(context, service, id, limit);
    }
    for (const { id } of orphans.filter((one) => !images.includes(one.id))) {
        await ignoreNotFound(isGone, () => source.ecs.deleteSnapshot(id));
    }
}

/** Requests a copy. Repeated requests with the same token create one copy only. */
async function requestCopy(context: HandlerContext, copy: EcsCopy): Promise<string> {
    const { source, target, identity, ownership, name } = copy;
    const service = ecsImages(target);
    try {
        const sent = {
            imageId: copy.imageId,
            destinationRegionId: target.region,
            destinationImageName: name,
            destinationDescription: copy.description,
            encrypted: copy.encrypted,
            tags: tagsWith(ownership, copy.tags),
        };
        return await createOnce({
            context,
            identity,
            ownership,
            noun: "image",
            sent,
            limit: copy.limit,
            order: ({ clientToken }) => source.ecs.copyImage({ ...sent, clientToken }),
            isVisible: async (id) => (await service.find(id)) !== undefined,
            exists: (id) => service.exists(id, ownershipTags(ownership)),
            checkpoint: copy.checkpoint,
        });
    } catch (error) {
        if (!(error instanceof CloudError) || error.code !== "InvalidImageName.Duplicated") throw error;
        throw new UserError(
            `cannot create image ${name} in ECS ${target.region}: another image has this name, and this resource did not create it. ` +
                "Choose another name, adopt that image, or delete it",
            { cause: error },
        );
    }
}
