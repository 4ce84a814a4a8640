import { isGone } from "../../clouds/alibaba/failures";
import type { SwasCustomImage } from "../../clouds/alibaba/swas/customImages";
import type { AlibabaRegion } from "../../clouds/connect";
import { CloudError, UserError } from "../../clouds/errors";
import type { CreateWork, HandlerContext } from "../../pulumi/dynamic/handler";
import { ignoreNotFound, isAddressable } from "../notFound";
import { nextOwnerId, type Ownership, readOwnership } from "../ownership/ownership";
import { expectedMs } from "../polling/expectedDurations";
import { type PollResult, waitUntil } from "../polling/waiting";
import { type ImageService, type ImageUser, imageUser, type SeenImage, type SeenShare } from "./service";

/** An image of Simple Application Server. */
export type SwasImage = SwasCustomImage & SeenImage;

function seen(image: SwasCustomImage): SwasImage {
    const hasFailed = image.status === "failed" || image.status === "unavailable";
    const why = image.description ? `: ${image.description}` : "";
    const failure = image.status === "failed" ? `could not be created${why}` : `is unavailable${why}`;
    return {
        ...image,
        id: image.imageId,
        condition: image.status === "available" ? "ready" : hasFailed ? "failed" : "pending",
        wasReady: image.status === "unavailable",
        note: hasFailed ? failure : image.status === "copying" ? "copying the image" : "creating the image",
    };
}

const hasCode = (error: unknown, code: string) => error instanceof CloudError && error.code === code;

/** The custom images of an account's Simple Application Servers in one region. */
export function swasImages(region: AlibabaRegion, expected: number = expectedMs.swasImage): ImageService<SwasImage> {
    const { swas } = region;
    const tagsOf = (resourceIds: string[]) => ({ resourceType: "customimage" as const, resourceIds });
    return {
        region: region.region,
        expectedMs: expected,
        async find(id) {
            const image = await swas.customImage(id);
            return image && seen(image);
        },
        asks: swas.customImage,
        all: async () => (await swas.ownCustomImages()).map(seen),
        setTags: (id, tags) => swas.tagResources({ ...tagsOf([id]), tags }),
        exists: (id, tags) => isAddressable(isGone, () => swas.tagResources({ ...tagsOf([id]), tags })),
        removeTags: (id, keys) => swas.untagResources({ ...tagsOf([id]), keys }),
        shares: (image) => sharesOf(region, image),
        users: (image) => usersOf(region, image),

        async askForDeletion(id) {
            try {
                await ignoreNotFound(isGone, () => swas.deleteCustomImage(id));
                return true;
            } catch (error) {
                // SWAS is still making or copying the image.
                if (hasCode(error, "IncorrectStatus")) return false;
                throw error;
            }
        },

        async children(image, recorded) {
            const ids = recorded ?? (await snapshotsMadeFor(region, image));
            return ids.map((id) => ({
                what: `snapshot ${id}`,
                id,
                remove: () => ignoreNotFound(isGone, () => swas.deleteSnapshot(id)),
            }));
        },

        async usersOfChildren(id, children) {
            const others = (await swas.ownCustomImages()).filter(({ imageId }) => imageId !== id);
            return others
                .filter((other) => snapshotsOf(other).some((snapshot) => children.includes(snapshot)))
                .map(({ imageId, name }) => imageUser("image", imageId, name));
        },

        tagChildren: (children, tags) =>
            swas.tagResources({ resourceType: "snapshot", resourceIds: [...children], tags }),

        refusedUnseen: (error) => hasCode(error, "CustomImageInShare") || hasCode(error, "SnapshotCreatedImage"),
    };
}

/** The snapshots that an image was created from. */
export const snapshotsOf = ({ systemSnapshotId, dataSnapshotId }: SwasCustomImage): string[] =>
    [systemSnapshotId, dataSnapshotId].filter((id) => id !== undefined);

/** The snapshots that were made for an image bear its mark. */
async function snapshotsMadeFor(region: AlibabaRegion, image: SwasImage | undefined): Promise<string[]> {
    const ownerId = readOwnership(image?.tags)?.ownerId;
    if (ownerId === undefined) return [];
    const snapshots = await region.swas.allSnapshots();
    return snapshots.filter(({ tags }) => readOwnership(tags)?.ownerId === ownerId).map(({ snapshotId }) => snapshotId);
}

async function sharesOf({ swas }: AlibabaRegion, image: SwasImage): Promise<SeenShare[]> {
    const { imageId } = image;
    const withEcs: SeenShare = {
        to: "ecs",
        recipient: "ECS",
        remove: () => swas.modifyImageShareStatus({ imageId, operation: "UnShare" }),
    };
    const accounts = image.inShareUser ? await swas.listCustomImageShareAccounts(imageId) : [];
    const withAccounts = accounts.map(({ accountId }) => ({
        to: accountId,
        recipient: `account ${accountId}`,
        remove: () => swas.removeCustomImageShareAccounts({ imageId, accounts: [accountId] }),
    }));
    return [...(image.inShare ? [withEcs] : []), ...withAccounts];
}

/** Servers of Simple Application Server, and instances of ECS when this account may look there. */
async function usersOf({ swas, ecs }: AlibabaRegion, { imageId }: SwasImage): Promise<ImageUser[]> {
    const servers = (await swas.allInstances()).filter((server) => server.imageId === imageId);
    const instances = await ecs.instancesOf(imageId).catch((error: unknown) => {
        if (error instanceof CloudError && error.status === 403) return [];
        throw error;
    });
    return [
        ...servers.map((server) => imageUser("server", server.instanceId, server.instanceName)),
        ...instances.map((instance) => imageUser("instance", instance.instanceId, instance.instanceName)),
    ];
}

/**
 * Makes an image, or says why its name is taken. A name is one of a kind in a region, and the list does not show a new
 * image at once: what an interrupted run made is waited for when its name is refused.
 */
export async function makeSwasImage(
    work: HandlerContext & Pick<CreateWork<unknown, unknown>, "identity">,
    region: AlibabaRegion,
    wanted: { name: string; ownership: Ownership; limit: number; create: () => Promise<string> },
): Promise<string> {
    const { holders, identity } = work;
    const { name, ownership } = wanted;
    try {
        return await wanted.create();
    } catch (error) {
        if (!(error instanceof CloudError) || error.code !== "ImageNameAlreadyExist") throw error;
        const holder = await holderOfName(work, region, wanted);
        const owner = readOwnership(holder.tags);
        if (!owner) throw nameTaken(region, name, holder.imageId, error);
        const isOrphan = owner.ownerId === ownership.ownerId && owner.isPending;
        if (isOrphan && (await holders.holding(holder.imageId)) === "free") {
            if (owner.contentHash === ownership.contentHash) return holder.imageId;
            throw new UserError(
                `image ${holder.imageId}, which an interrupted run began with other inputs, has the name ${name}: ` +
                    "run the same command again, which deletes it",
                { cause: error },
            );
        }
        const isReplaced = nextOwnerId(owner.ownerId, holder.imageId) === ownership.ownerId;
        const isOwn = identity.replaces === holder.imageId || isReplaced;
        throw isOwn ? nameStillUsed(name, holder.imageId, error) : nameTaken(region, name, holder.imageId, error);
    }
}

/** The image that has the name, as soon as it is listed. */
function holderOfName(
    context: HandlerContext,
    region: AlibabaRegion,
    { name, limit }: { name: string; limit: number },
): Promise<SwasCustomImage> {
    const poll = async (): Promise<PollResult<SwasCustomImage>> => {
        const [holder] = await region.swas.listCustomImages({ imageNames: [name] });
        return holder ? { done: holder } : { pending: `waiting for the image named ${name} to appear` };
    };
    return waitUntil({ context, what: `the image named ${name} in ${region.region}`, poll, limit });
}

function nameTaken(region: AlibabaRegion, name: string, id: string, cause: CloudError): UserError {
    return new UserError(
        `an image named ${name} exists already in ${region.region} (${id}) and was not made by this ` +
            "resource: choose another name, take it over with adopt, or delete it",
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
