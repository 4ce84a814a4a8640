import { CloudError, UserError } from "../../clouds/errors";
import { isGone } from "../../clouds/huawei/failures";
import type { HuaweiImage } from "../../clouds/huawei/ims/images";
import type { HuaweiRegion } from "../../clouds/huawei/region";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { ignoreNotFound, isAddressable } from "../notFound";
import { type Ownership, readOwnership } from "../ownership/ownership";
import { expectedMs } from "../polling/expectedDurations";
import { type PollResult, waitUntil } from "../polling/waiting";
import type { StartedImage } from "./createImage";
import { FailedImage } from "./failedImage";
import { type ImageService, imageUser, type SeenImage } from "./service";

/** An image of the Image Management Service. */
export type ImsImage = HuaweiImage & SeenImage;

function seen(image: HuaweiImage): ImsImage {
    const hasFailed = image.status === "killed";
    return {
        ...image,
        name: image.name ?? "",
        condition: image.status === "active" ? "ready" : hasFailed ? "failed" : "pending",
        note: hasFailed ? "could not be created" : "creating the image",
        tags: Object.fromEntries(image.tagTexts.map(keyAndValue)),
    };
}

/** "key=value", or a word, which is a key without a value. */
function keyAndValue(text: string): [string, string] {
    const at = text.indexOf("=");
    return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** The private images of a project in one region: full-ECS images or system images. */
export function imsImages(
    region: HuaweiRegion,
    kind: { wholeImage: boolean; expected: number } = { wholeImage: true, expected: expectedMs.fullEcsImage },
): ImageService<ImsImage> & Required<Pick<ImageService<ImsImage>, "findUnlisted">> {
    const { ims } = region;
    return {
        region: region.region,
        expectedMs: kind.expected,
        async find(id) {
            const image = await ims.image(id);
            return image && seen(image);
        },
        async findUnlisted(id) {
            const image = await ims.shownImage(id);
            return image && seen(image);
        },
        asks: ims.image,
        async all() {
            const images = await ims.ownImages();
            return images.filter(({ wholeImage }) => wholeImage === kind.wholeImage).map(seen);
        },
        setTags: (id, tags) => ims.setImageTags(id, tags),
        exists: (id, tags) => isAddressable(isGone, () => ims.setImageTags(id, tags)),
        removeTags: (id, keys) => ims.deleteImageTags(id, keys),

        async shares({ id }) {
            // An image that was deleted in the meantime has no shares.
            const members = await ims.members(id).catch((error: unknown) => {
                if (isGone(error)) return [];
                throw error;
            });
            return members.map(({ projectId, status }) => ({
                to: projectId,
                recipient: `project ${projectId}`,
                state: status,
                remove: () => ignoreNotFound(isGone, () => ims.removeMember(id, projectId)),
            }));
        },

        async users({ id }) {
            const servers = (await region.servers.allServers()).filter((server) => server.imageId === id);
            return servers.map((server) => imageUser("server", server.id, server.name));
        },

        async askForDeletion(id, { withChildren }) {
            try {
                await ignoreNotFound(isGone, () => ims.deleteImage(id, { deleteBackup: withChildren }));
                return true;
            } catch (error) {
                // An image can be active before the job that creates it has ended.
                if (error instanceof CloudError && error.code === "IMG.0090") return false;
                throw error;
            }
        },

        children: async () => [],
    };
}

/**
 * Codes of refusals because the server is already being imaged or backed up, or because too many jobs are running
 * (docs/reference/ims.md#ims-error-codes).
 */
const busyCodes = new Set(["IMG.0010", "IMG.0136", "IMG.0060"]);

/**
 * Whether a failed request may mean that an earlier request is still running. IMS has no client token, so a request is
 * repeated only if it is certain that no earlier one was accepted: an image has its resource's tag, and while it is not
 * visible yet, the cloud refuses a second image of the same server.
 */
export function imsMayBeUnderWay(error: unknown): boolean {
    return error instanceof CloudError && (error.outcomeUnknown || busyCodes.has(error.code));
}

/** How many times the image is looked for if its job has ended without naming it. */
const maxPollsForUnnamed = 10;

function hasOwnerId(tags: Record<string, string>, { ownerId }: Ownership): boolean {
    return readOwnership(tags)?.ownerId === ownerId;
}

function unnamed(jobId: string, { region }: HuaweiRegion): string {
    return (
        `image job ${jobId} in ${region} succeeded but returned no image id, and no image with the resource's tag is listed. ` +
        `Look for the image in the cloud's console, then run "pulumi up" again`
    );
}

/**
 * Waits until the job that creates an image names it. `follow` then waits for the end of the job, which reports why the
 * creation failed.
 */
export async function followImageJob(
    context: HandlerContext,
    region: HuaweiRegion,
    job: { id: string; ownership: Ownership; limit: number; expected: number },
): Promise<StartedImage> {
    const { id: jobId, limit, expected } = job;
    let missed = 0;
    const what = `image job ${jobId}`;
    const ask = async () => {
        const found = await region.ims.job(jobId);
        if (found.status !== "FAIL") return found;
        const code = found.errorCode ? ` (${found.errorCode}, job ${jobId})` : ` (job ${jobId})`;
        throw new FailedImage(`the image could not be created: ${found.failReason ?? "no reason given"}${code}`);
    };
    const pollForId = async (): Promise<PollResult<string>> => {
        const { imageId, status, progress } = await ask();
        if (imageId) return { done: imageId };
        if (status !== "SUCCESS") return { pending: "creating the image", progress };
        // Some jobs do not name the image; it is found by the resource's tag.
        const image = (await region.ims.ownImages()).map(seen).find(({ tags }) => hasOwnerId(tags, job.ownership));
        if (image) return { done: image.id };
        missed++;
        if (missed >= maxPollsForUnnamed) throw new UserError(unnamed(jobId, region));
        return { pending: "waiting for the image to appear" };
    };
    const pollForEnd = async (): Promise<PollResult<true>> => {
        const { status, progress } = await ask();
        return status === "SUCCESS" ? { done: true } : { pending: "creating the image", progress };
    };
    return {
        id: await waitUntil({ context, what, poll: pollForId, limit }),
        follow: async () => void (await waitUntil({ context, what, poll: pollForEnd, limit, expected, isNew: true })),
    };
}
