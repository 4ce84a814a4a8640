import { CloudError } from "../clouds/errors";
import type { Backup } from "../clouds/huawei/backups";
import { isGone } from "../clouds/huawei/failures";
import type { HuaweiImage } from "../clouds/huawei/ims/images";
import type { HuaweiRegion } from "../clouds/huawei/region";
import type { Origin, Surroundings } from "../dynamic/handler";
import { expectedMs } from "./expectedDurations";
import { FailedImage } from "./failedImage";
import { goneIsDone } from "./gone";
import { claim, leftoversBeside, type Owned, type Ownership, owned, ownerTag } from "./ownership";
import { planRelease, type ReleasePolicy, release, type Share } from "./releaseOrder";
import { type Look, waitUntil } from "./waiting";

/** Refused because the server is being imaged or backed up already (reference huawei.md section 7). */
const busyCodes = new Set(["IMG.0010", "IMG.0136", "IMG.0060"]);

async function ownFullEcsImages(region: HuaweiRegion): Promise<Owned[]> {
    const images = await region.ims.wholeImages();
    const prefix = `${ownerTag}=`;
    return images.flatMap((image) => {
        const tag = image.tagTexts.find((text) => text.startsWith(prefix))?.slice(prefix.length);
        return tag === undefined ? [] : owned(image.id, { [ownerTag]: tag }, image.status === "killed");
    });
}

/** What was begun: a new image's job, or the image of an interrupted run. */
export type Begun = { ownership: Ownership } & ({ imageId: string } | { jobId: string });

/**
 * Begins the image, or goes on with the one that an interrupted run has begun. IMS has no client token, so a request is
 * never sent again before it is certain that no earlier one has been accepted: the image bears the resource's tag, and
 * while it cannot be seen yet, the cloud refuses a second one of the same server.
 */
export async function beginFullEcsImage(
    surroundings: Surroundings,
    region: HuaweiRegion,
    wanted: { origin: Origin; content: string; limit: number; create: (ownership: Ownership) => Promise<string> },
): Promise<Begun> {
    const { time, clouds, report } = surroundings;
    const { origin, content, limit } = wanted;
    const began = time.now();
    for (;;) {
        const { ownership, adopt, discard } = claim(origin, content, await ownFullEcsImages(region));
        await discardFullEcsImages(surroundings, region, discard, limit);
        if (adopt) {
            report(`going on with image ${adopt.id}, which an interrupted run began`);
            return { ownership, imageId: adopt.id };
        }
        try {
            return { ownership, jobId: await wanted.create(ownership) };
        } catch (error) {
            const mayBeUnderWay = error instanceof CloudError && (error.outcomeUnknown || busyCodes.has(error.code));
            if (!mayBeUnderWay || time.now() - began >= limit) throw error;
            report("waiting for an earlier request on the same server");
            await time.sleep(clouds.pollMs);
        }
    }
}

async function discardFullEcsImages(
    surroundings: Surroundings,
    region: HuaweiRegion,
    images: readonly Owned[],
    limit: number,
): Promise<void> {
    const nothingElse = { policy: {}, backup: undefined, keepBackup: false, limit };
    for (const { id } of images) await deleteFullEcsImage(surroundings, region, id, nothingElse);
}

/** Clears away what interrupted runs of the resource left besides the image that has just gone. */
export async function sweepFullEcsImages(
    surroundings: Surroundings,
    region: HuaweiRegion,
    gone: { origin: Origin; id: string; limit: number },
): Promise<void> {
    const leftovers = leftoversBeside(gone.origin, gone.id, await ownFullEcsImages(region));
    await discardFullEcsImages(surroundings, region, leftovers, gone.limit);
}

/** Waits for the job that makes an image; tells the image's id as soon as the job names it. */
export function waitForImageJob(
    surroundings: Surroundings,
    region: HuaweiRegion,
    jobId: string,
    options: { limit: number; begun: (imageId: string) => void },
): Promise<string> {
    const look = async (): Promise<Look<string>> => {
        const job = await region.ims.job(jobId);
        if (job.imageId) options.begun(job.imageId);
        if (job.status === "FAIL") {
            const code = job.errorCode ? ` (${job.errorCode}, job ${jobId})` : ` (job ${jobId})`;
            throw new FailedImage(`the image could not be created: ${job.failReason ?? "no reason given"}${code}`);
        }
        if (job.status === "SUCCESS" && job.imageId) return { done: job.imageId };
        return { pending: "creating the image", progress: job.progress };
    };
    return waitUntil({
        surroundings,
        what: `image job ${jobId}`,
        look,
        limit: options.limit,
        expected: expectedMs.fullEcsImage,
        isNew: true,
    });
}

/** Waits until the image is active, which the console calls Normal. */
export function waitForActiveImage(
    surroundings: Surroundings,
    region: HuaweiRegion,
    imageId: string,
    limit: number,
): Promise<HuaweiImage> {
    const look = async (): Promise<Look<HuaweiImage>> => {
        const image = await region.ims.image(imageId);
        if (!image) throw new FailedImage(`image ${imageId} is gone from ${region.region}`);
        if (image.status === "active") return { done: image };
        if (image.status === "killed") {
            throw new FailedImage(`image ${imageId} in ${region.region} could not be created`);
        }
        return { pending: "creating the image" };
    };
    const expected = expectedMs.fullEcsImage;
    const asks = region.ims.image;
    return waitUntil({ surroundings, what: `image ${imageId} in ${region.region}`, look, limit, expected, asks });
}

/** The backup behind a full-ECS image; undefined when it was deleted, which must not stop a refresh. */
export async function backupBehind(region: HuaweiRegion, backupId: string | undefined): Promise<Backup | undefined> {
    return backupId === undefined ? undefined : region.backups.backup({ kind: region.backupKind, id: backupId });
}

async function sharesOf(region: HuaweiRegion, imageId: string): Promise<Share[]> {
    const members = await region.ims.members(imageId);
    return members.map(({ projectId }) => ({
        recipient: `project ${projectId}`,
        remove: () => goneIsDone(isGone, () => region.ims.removeMember(imageId, projectId)),
    }));
}

/** Deletes the image, then the backup behind it unless it is to stay. */
export async function deleteFullEcsImage(
    surroundings: Surroundings,
    region: HuaweiRegion,
    imageId: string,
    options: { policy: ReleasePolicy; backup: string | undefined; keepBackup: boolean; limit: number },
): Promise<void> {
    const { keepBackup, limit } = options;
    const image = await region.ims.image(imageId);
    const backupId = image?.backupId ?? options.backup;
    const deleteImage = async () => {
        let isAsked = false;
        const look = async (): Promise<Look<true>> => {
            if (!(await region.ims.image(imageId))) return { done: true };
            isAsked ||= await askForDeletion(region, imageId, { deleteBackup: !keepBackup });
            return { pending: isAsked ? "deleting the image" : "waiting until the image is complete" };
        };
        const asks = region.ims.image;
        await waitUntil({ surroundings, what: `the deletion of image ${imageId}`, look, limit, asks });
    };
    const children = keepBackup || backupId === undefined ? [] : [{ id: backupId }];
    await release(
        planRelease(
            {
                what: `image ${imageId}${image?.name ? ` (${image.name})` : ""} in ${region.region}`,
                shares: image ? await sharesOf(region, imageId) : [],
                deleteImage,
                children: children.map(({ id }) => ({
                    what: `backup ${id}`,
                    remove: () => deleteBackup(surroundings, region, id, limit),
                })),
            },
            options.policy,
        ),
        surroundings.report,
    );
}

/** False while the image cannot be deleted yet: it may be active before the job that makes it has ended. */
async function askForDeletion(
    region: HuaweiRegion,
    imageId: string,
    options: { deleteBackup: boolean },
): Promise<boolean> {
    try {
        await region.ims.deleteImage(imageId, options);
        return true;
    } catch (error) {
        if (isGone(error)) return true;
        if (error instanceof CloudError && error.code === "IMG.0090") return false;
        throw error;
    }
}

/** The cloud deletes the backup with the image when it can; what it leaves behind would go on costing. */
async function deleteBackup(
    surroundings: Surroundings,
    region: HuaweiRegion,
    id: string,
    limit: number,
): Promise<void> {
    const kind = region.backupKind;
    const look = async (): Promise<Look<true>> => {
        const backup = await region.backups.backup({ kind, id });
        if (!backup) return { done: true };
        // A backup that is still being written cannot be deleted yet (reference huawei.md 2.7).
        if (backup.status === "available" || backup.status === "error") {
            await region.backups.deleteBackup({ kind, id });
        }
        return { pending: `deleting the backup (${backup.status})` };
    };
    await waitUntil({ surroundings, what: `the deletion of backup ${id}`, look, limit });
}
