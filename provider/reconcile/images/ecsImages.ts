import type { EcsImage } from "../../clouds/alibaba/ecs/images";
import { isGone } from "../../clouds/alibaba/failures";
import type { AlibabaRegion } from "../../clouds/connect";
import { CloudError } from "../../clouds/errors";
import { ignoreNotFound, isAddressable } from "../notFound";
import { expectedMs } from "../polling/expectedDurations";
import { type ImageService, imageUser, type SeenImage } from "./service";

/** An image of ECS. */
export type OwnEcsImage = EcsImage & SeenImage;

const notes: Record<string, string> = {
    Waiting: "waiting for other copies to end",
    Creating: "copying the image",
    CreateFailed: "could not be copied",
    UnAvailable: "is unavailable",
};

function seen(image: EcsImage): OwnEcsImage {
    const { status, progressPercent } = image;
    const hasFailed = status === "CreateFailed" || status === "UnAvailable";
    const isDone = status === "Available" || status === "Deprecated";
    return {
        ...image,
        id: image.imageId,
        name: image.imageName ?? "",
        // ECS takes an image for servers a while after it is available (docs/reference/ecs.md#images).
        condition: hasFailed ? "failed" : isDone && image.usable ? "ready" : "pending",
        wasReady: status === "UnAvailable",
        note: notes[status] ?? "waiting until the image is usable",
        progress: isDone || progressPercent === undefined ? undefined : progressPercent / 100,
    };
}

const hasCode = (error: unknown, code: string) => error instanceof CloudError && error.code === code;

/** The snapshots behind an image: ECS makes them with it, and leaves them when it goes. */
export function snapshotsBehind(image: EcsImage): string[] {
    return image.disks.flatMap(({ snapshotId }) => snapshotId ?? []);
}

/** The account's own images in ECS of one region. */
export function ecsImages(
    region: AlibabaRegion,
    expected: number = expectedMs.ecsImageCopy,
): ImageService<OwnEcsImage> {
    const { ecs } = region;
    const tagsOf = (resourceIds: string[]) => ({ resourceType: "image" as const, resourceIds });

    async function find(imageId: string): Promise<OwnEcsImage | undefined> {
        const image = await ecs.ownImage(imageId);
        return image && seen(image);
    }

    return {
        region: region.region,
        expectedMs: expected,
        find,
        asks: ecs.ownImage,
        all: async () => (await ecs.ownImages()).map(seen),
        setTags: (id, tags) => ecs.tagResources({ ...tagsOf([id]), tags }),
        exists: (id, tags) => isAddressable(isGone, () => ecs.tagResources({ ...tagsOf([id]), tags })),
        removeTags: (id, keys) => ecs.untagResources({ ...tagsOf([id]), keys }),

        async shares({ id }) {
            const accounts = await ecs.describeImageSharePermission(id);
            return accounts.map(({ accountId }) => ({
                to: accountId,
                recipient: `account ${accountId}`,
                remove: () => ecs.modifyImageSharePermission({ imageId: id, removeAccounts: [accountId] }),
            }));
        },

        async users({ id }) {
            const instances = await ecs.instancesOf(id);
            return instances.map(({ instanceId, instanceName }) => imageUser("instance", instanceId, instanceName));
        },

        async askForDeletion(id) {
            const image = await find(id);
            const isUnfinished = image?.status === "Waiting" || image?.status === "Creating";
            try {
                await ignoreNotFound(isGone, () =>
                    isUnfinished ? ecs.cancelCopyImage(id) : ecs.deleteImage({ imageId: id }),
                );
                return true;
            } catch (error) {
                // Another copy is made of it; or it was finished just now and cannot be cancelled any more.
                if (hasCode(error, "OperationDenied.ImageCopying") || isUnfinished) return false;
                throw error;
            }
        },

        async children(image, recorded) {
            const ids = image ? snapshotsBehind(image) : (recorded ?? []);
            return ids.map((id) => ({
                what: `snapshot ${id}`,
                id,
                remove: () => ignoreNotFound(isGone, () => ecs.deleteSnapshot(id)),
            }));
        },

        async usersOfChildren(id, children) {
            const others = (await ecs.ownImages()).map(seen).filter((other) => other.id !== id);
            return others
                .filter((other) => snapshotsBehind(other).some((snapshot) => children.includes(snapshot)))
                .map((other) => imageUser("image", other.id, other.name));
        },

        tagChildren: (children, tags) =>
            ecs.tagResources({ resourceType: "snapshot", resourceIds: [...children], tags }),

        isNameTaken: (error) => error instanceof Error && hasCode(error.cause, "InvalidImageName.Duplicated"),

        refusedUnseen: (error) => hasCode(error, "ImageUseShared") || hasCode(error, "SnapshotCreatedImage"),
    };
}
