import { isGone } from "../../clouds/alibaba/failures";
import { copyInBetween, explain } from "../../clouds/capabilities";
import type { AlibabaRegion } from "../../clouds/connect";
import { CloudError, UserError } from "../../clouds/errors";
import type { Origin, Surroundings } from "../../dynamic/handler";
import { type CreateOnce, createOnce } from "../createOnce";
import { expectedMs } from "../expectedDurations";
import { FailedImage } from "../failedImage";
import { goneIsDone } from "../gone";
import {
    nextMark,
    type Owned,
    type Ownership,
    owned,
    ownershipTags,
    ownerTag,
    readOwnership,
    tagsWith,
} from "../ownership";
import { ecsImages, snapshotsBehind } from "./ecsImages";
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
    origin: Origin;
    ownership: Ownership;
    /** Whether somebody stays to remove the copy in between. */
    isAwaited: boolean;
    /** Milliseconds for each wait. */
    limit: number;
    checkpoint?: CreateOnce["checkpoint"];
}

/** The copy in between bears a mark of its own, which follows from that of the copy that it is made for. */
export const betweenMark = (mark: string): string => nextMark(mark, "between");

/**
 * Starts the copy and answers its id. ECS copies an image of somebody else, such as one that Simple Application Server
 * shares, only within its region (CopyImage): to another region it goes by an own copy in between.
 */
export async function copyToEcs(surroundings: Surroundings, copy: EcsCopy): Promise<string> {
    const { source, target, imageId, limit } = copy;
    const [image] = await source.ecs.describeImages({ imageId });
    if (!image) {
        throw new UserError(
            `ECS sees no image ${imageId} in ${source.region}: share it with an ImageShare with: "ecs" first, or correct the id`,
        );
    }
    const isOwn = image.ownerAlias === "self";
    if (isOwn) await waitForImage(surroundings, ecsImages(source), imageId, limit);
    if (isOwn || target.region === source.region) {
        await removeCopyBetween(surroundings, source, { marks: [copy.ownership.mark], limit });
        return requestCopy(surroundings, copy);
    }
    if (!copy.isAwaited) {
        throw new UserError(`image ${imageId} cannot be copied with wait: "none": ${explain(copyInBetween)}`);
    }
    const between = await copyBetween(surroundings, copy);
    try {
        return await requestCopy(surroundings, { ...copy, imageId: between });
    } catch (error) {
        // A refusal leaves nothing behind; what may be under way is resumed by the next run.
        const isRefused = error instanceof CloudError && !error.outcomeUnknown && !error.retryable;
        if (isRefused) await removeCopyBetween(surroundings, source, { marks: [copy.ownership.mark], limit });
        throw error;
    }
}

/** The id of the own copy in the source's region, once it can be copied; one that an interrupted run made is used. */
async function copyBetween(surroundings: Surroundings, copy: EcsCopy): Promise<string> {
    const { source, limit } = copy;
    const ownership = { ...copy.ownership, mark: betweenMark(copy.ownership.mark), isPending: true };
    const service = ecsImages(source, expectedMs.ecsImageCopyInRegion);
    const found = await findCopiesBetween(source, [copy.ownership.mark]);
    const isOfUse = ({ condition, tags }: (typeof found)[number]) =>
        condition !== "failed" && readOwnership(tags)?.content === ownership.content;
    for (const { id } of found.filter((between) => !isOfUse(between))) {
        await discardImage(surroundings, service, id, limit);
    }
    const name = `between-${ownership.mark}`;
    const id =
        found.find(isOfUse)?.id ??
        (await requestCopy(surroundings, {
            ...copy,
            target: source,
            name,
            tags: undefined,
            ownership,
            checkpoint: undefined,
        }));
    try {
        const image = await waitForImage(surroundings, service, id, limit);
        // They outlive the image, and are found by the tag when only they are left.
        await service.tagChildren?.(snapshotsBehind(image), tagsWith(ownership, undefined));
    } catch (error) {
        if (error instanceof FailedImage) await discardImage(surroundings, service, id, limit);
        throw error;
    }
    return id;
}

/** All that may have been made on the way to a copy, or is left of it. */
export async function mayBeBetween(source: AlibabaRegion): Promise<Owned[]> {
    const images = await ecsImages(source).all();
    const snapshots = await source.ecs.describeSnapshots({ tagKey: ownerTag });
    return [
        ...images.flatMap(({ id, tags }) => owned(id, tags)),
        ...snapshots.flatMap(({ snapshotId, tags }) => owned(snapshotId, tags)),
    ];
}

async function findCopiesBetween(source: AlibabaRegion, marks: readonly string[]) {
    const wanted = marks.map(betweenMark);
    const images = await ecsImages(source).all();
    return images.filter(({ tags }) => wanted.includes(readOwnership(tags)?.mark ?? ""));
}

/** Removes what was made on the way to copies with these marks, and its snapshots, as soon as nothing is copied from it any more. */
export async function removeCopyBetween(
    surroundings: Surroundings,
    source: AlibabaRegion,
    { marks, limit }: { marks: readonly string[]; limit: number },
): Promise<void> {
    const service = ecsImages(source);
    const wanted = marks.map(betweenMark);
    await lookedAtAgain(surroundings, service, async () => {
        for (const { id } of await findCopiesBetween(source, marks)) {
            await discardImage(surroundings, service, id, limit);
        }
        for (const { snapshotId, tags } of await source.ecs.describeSnapshots({ tagKey: ownerTag })) {
            const isBehind = wanted.includes(readOwnership(tags)?.mark ?? "");
            if (isBehind) await goneIsDone(isGone, () => source.ecs.deleteSnapshot(snapshotId));
        }
    });
}

/** Deletes copies in between, and snapshots behind such, that nobody uses. */
export async function deleteBetween(
    surroundings: Surroundings,
    source: AlibabaRegion,
    { orphans, limit }: { orphans: readonly { readonly id: string }[]; limit: number },
): Promise<void> {
    const service = ecsImages(source);
    const images = (await service.all()).map(({ id }) => id);
    for (const { id } of orphans.filter((one) => images.includes(one.id))) {
        await discardImage(surroundings, service, id, limit);
    }
    for (const { id } of orphans.filter((one) => !images.includes(one.id))) {
        await goneIsDone(isGone, () => source.ecs.deleteSnapshot(id));
    }
}

/** Asks once for a copy, however often it is asked: ECS makes one for each token. */
async function requestCopy(surroundings: Surroundings, copy: EcsCopy): Promise<string> {
    const { source, target, origin, ownership, name } = copy;
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
            surroundings,
            origin,
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
            `an image named ${name} exists already in ECS ${target.region} and was not made by this resource: ` +
                "choose another name, take it over with adopt, or delete it",
            { cause: error },
        );
    }
}
