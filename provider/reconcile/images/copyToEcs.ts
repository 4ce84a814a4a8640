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
import { lookedAtAgain } from "./releaseImage";
import { waitForImage } from "./waitForImage";

/** A copy of an image that ECS sees. */
export interface EcsCopy {
    /** Where the image is. */
    source: AlibabaRegion;
    imageId: string;
    /** Where the copy goes. */
    target: AlibabaRegion;
    name: string;
    description?: string;
    tags?: Record<string, string>;
    encrypted?: boolean;
    identity: ResourceIdentity;
    ownership: Ownership;
    /** Whether somebody stays to remove the copy in between. */
    isAwaited: boolean;
    /** Milliseconds for each wait. */
    limit: number;
    checkpoint?: CreateOnce["checkpoint"];
}

/** The copy in between bears a mark of its own, which follows from that of the copy that it is made for. */
export const stagingOwnerId = (ownerId: string): string => nextOwnerId(ownerId, "between");

/**
 * Starts the copy and answers its id. ECS copies an image of somebody else, such as one that Simple Application Server
 * shares, only within its region (CopyImage): to another region it goes by an own copy in between.
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
        // A refusal leaves nothing behind; what may be under way is resumed by the next run.
        const isRefused = error instanceof CloudError && !error.outcomeUnknown && !error.retryable;
        if (isRefused) await deleteStagingCopy(context, source, { ownerIds: [copy.ownership.ownerId], limit });
        throw error;
    }
}

/** The id of the own copy in the source's region, once it can be copied; one that an interrupted run made is used. */
async function createStagingCopy(context: HandlerContext, copy: EcsCopy): Promise<string> {
    const { source, limit } = copy;
    const ownership = { ...copy.ownership, ownerId: stagingOwnerId(copy.ownership.ownerId), isPending: true };
    const service = ecsImages(source, expectedMs.ecsImageCopyInRegion);
    const found = await findStagingCopies(source, [copy.ownership.ownerId]);
    const isOfUse = ({ condition, tags }: (typeof found)[number]) =>
        condition !== "failed" && readOwnership(tags)?.contentHash === ownership.contentHash;
    for (const { id } of found.filter((staged) => !isOfUse(staged))) {
        await discardImage(context, service, id, limit);
    }
    const name = `between-${ownership.ownerId}`;
    const id =
        found.find(isOfUse)?.id ??
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
        // They outlive the image, and are found by the tag when only they are left.
        await service.tagChildren?.(snapshotsBehind(image), tagsWith(ownership, undefined));
    } catch (error) {
        if (error instanceof FailedImage) await discardImage(context, service, id, limit);
        throw error;
    }
    return id;
}

/** All that may have been made on the way to a copy, or is left of it. */
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

/** Removes what was made on the way to copies with these marks, and its snapshots, as soon as nothing is copied from it any more. */
export async function deleteStagingCopy(
    context: HandlerContext,
    source: AlibabaRegion,
    { ownerIds, limit }: { ownerIds: readonly string[]; limit: number },
): Promise<void> {
    const service = ecsImages(source);
    const wanted = ownerIds.map(stagingOwnerId);
    await lookedAtAgain(context, service, async () => {
        for (const { id } of await findStagingCopies(source, ownerIds)) {
            await discardImage(context, service, id, limit);
        }
        for (const { snapshotId, tags } of await source.ecs.describeSnapshots({ tagKey: ownerTag })) {
            const isBehind = wanted.includes(readOwnership(tags)?.ownerId ?? "");
            if (isBehind) await ignoreNotFound(isGone, () => source.ecs.deleteSnapshot(snapshotId));
        }
    });
}

/** Deletes copies in between, and snapshots behind such, that nobody uses. */
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

/** Asks once for a copy, however often it is asked: ECS makes one for each token. */
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
