import type { ecsRules } from "../../../../provider/dist/simulator/alibaba/ecs/ecsRules.js";
import { minute, partner, type Simulated } from "../simulated.ts";
import { instanceRows } from "./instanceRows.ts";
import type { RowsOf } from "./row.ts";
import { anEcsImage, anInstance, anOfferedImage, aSharedImage, instanceType } from "./scene.ts";

const remove = ({ ecs }: Simulated, ImageId: string) => ecs.call("DeleteImage", { ImageId });

const run = ({ ecs }: Simulated, changes: Record<string, string | number>) =>
    ecs.call("RunInstances", { ...instanceType, ...changes });

const copy = ({ ecs }: Simulated, ImageId: string, changes: Record<string, string> = {}) =>
    ecs.call("CopyImage", { ImageId, ...changes });

const shareWith = ({ ecs }: Simulated, ImageId: string, account: string = partner.account) =>
    ecs.call("ModifyImageSharePermission", { ImageId, "AddAccount.1": account });

const modify = ({ ecs }: Simulated, ImageId: string, changes: Record<string, string>) =>
    ecs.call("ModifyImageAttribute", { ImageId, ...changes });

const publish = ({ ecs }: Simulated, ImageId: string) =>
    ecs.call("ModifyImageSharePermission", { ImageId, IsPublic: true });

/** Encrypted with the service key. */
async function anEncryptedImage(cloud: Simulated): Promise<string> {
    const ImageId = await anEcsImage(cloud);
    const copy = await cloud.ecs.ok("CopyImage", { ImageId, Encrypted: true });
    cloud.advance(11 * minute);
    return copy.ImageId;
}

async function anUnfinishedCopy(cloud: Simulated): Promise<string> {
    return (await copy(cloud, await aSharedImage(cloud))).body.ImageId;
}

async function aPartnersImage(cloud: Simulated): Promise<string> {
    const ImageId = await anEcsImage(cloud);
    await shareWith(cloud, ImageId);
    return ImageId;
}

export const ecsRows: RowsOf<typeof ecsRules> = {
    ...instanceRows,
    unknownImage: {
        says: "404 InvalidImageId.NotFound The specified ImageId does not exist.",
        by: (cloud) => run(cloud, { ImageId: "none" }),
    },
    unknownSnapshot: {
        says: "404 InvalidSnapshotId.NotFound The specified SnapshotId does not exist.",
        by: async (cloud) => run(cloud, { ImageId: await anOfferedImage(cloud), "DataDisk.1.SnapshotId": "none" }),
    },
    unknownResource: {
        says: "404 InvalidResourceId.NotFound The specified ResourceId none does not exist.",
        by: ({ ecs }) =>
            ecs.call("TagResources", { ResourceType: "image", "ResourceId.1": "none", "Tag.1.Key": "team" }),
    },
    notImageOwner: {
        says: "403 OperationDenied.NotImageOwner The image belongs to another account or to Simple Application Server.",
        by: async (cloud) => remove(cloud, await aSharedImage(cloud)),
    },
    imageNotReady: {
        says: "403 IncorrectImageStatus The status of the image does not support this operation.",
        by: async (cloud) => run(cloud, { ImageId: await anUnfinishedCopy(cloud) }),
    },
    imageNameTaken: {
        says: "400 InvalidImageName.Duplicated The specified image name has already been used.",
        by: async (cloud) => copy(cloud, await anEcsImage(cloud), { DestinationImageName: "owned" }),
    },
    imageNotCopyable: {
        says: "403 OperationDenied.ImageNotCopyable Only custom images can be copied.",
        by: async (cloud) => copy(cloud, await anOfferedImage(cloud)),
    },
    sharedImageLeavesRegion: {
        says: "403 OperationDenied.SharedImageCopy A shared image can be copied only within the same region.",
        by: async (cloud) => copy(cloud, await aSharedImage(cloud), { DestinationRegionId: "cn-shanghai" }),
    },
    copyAlreadyDone: {
        says: "403 IncorrectImageStatus The image is not being copied.",
        by: async (cloud) => cloud.ecs.call("CancelCopyImage", { ImageId: await anEcsImage(cloud) }),
    },
    deprecateShared: {
        says: "403 ImageUseShared The specified image has been shared to others. Unshare it first.",
        by: async (cloud) => modify(cloud, await aPartnersImage(cloud), { Status: "Deprecated" }),
    },
    imageInUse: {
        says: "403 ImageUsingByInstance The specified image is being used by an instance.",
        by: async (cloud) => {
            const ImageId = await anEcsImage(cloud);
            await anInstance(cloud, ImageId);
            return remove(cloud, ImageId);
        },
    },
    imageShared: {
        says: "403 ImageUseShared The specified image has been shared to others.",
        by: async (cloud) => remove(cloud, await aPartnersImage(cloud)),
    },
    imageCopying: {
        says: "403 OperationDenied.ImageCopying The operation is not permitted due to image copying.",
        by: async (cloud) => remove(cloud, await anUnfinishedCopy(cloud)),
    },
    shareLimit: {
        says: "400 QuotaExceed.ImageShareAccount An image can be shared with at most 0 accounts.",
        options: { quotas: { "alibaba.ecs.shareAccounts": 0 } },
        by: async (cloud) => shareWith(cloud, await anEcsImage(cloud)),
    },
    shareAccountUnknown: {
        says: "400 InvalidAccount.NotFound The specified account 9999999999999999 does not exist or owns the image.",
        by: async (cloud) => shareWith(cloud, await anEcsImage(cloud), "9999999999999999"),
    },
    communityImage: {
        says: "403 OperationDenied.CommunityImage The operation is not supported for a community image.",
        by: async (cloud) => {
            const ImageId = await anEcsImage(cloud);
            await publish(cloud, ImageId);
            return shareWith(cloud, ImageId);
        },
    },
    encryptedCommunityImage: {
        says: "403 OperationDenied.EncryptedImage An encrypted image cannot be published.",
        by: async (cloud) => publish(cloud, await anEncryptedImage(cloud)),
    },
    serviceKeyShare: {
        says: "403 OperationDenied.EncryptedImage Only images encrypted with a customer master key can be shared.",
        by: async (cloud) => shareWith(cloud, await anEncryptedImage(cloud)),
    },
    snapshotBehindDisk: {
        says: "403 SnapshotCreatedDisk The snapshot has been used to create the disk d-",
        by: async (cloud) => {
            const ImageId = await anEcsImage(cloud);
            await anInstance(cloud, ImageId);
            const { Snapshots } = await cloud.ecs.ok("DescribeSnapshots");
            await cloud.ecs.ok("DeleteImage", { ImageId, Force: true });
            return cloud.ecs.call("DeleteSnapshot", { SnapshotId: Snapshots.Snapshot[0].SnapshotId });
        },
    },
    snapshotBehindImage: {
        says: "403 SnapshotCreatedImage The snapshot is used by the image",
        by: async (cloud) => {
            await anEcsImage(cloud);
            const { Snapshots } = await cloud.ecs.ok("DescribeSnapshots");
            return cloud.ecs.call("DeleteSnapshot", { SnapshotId: Snapshots.Snapshot[0].SnapshotId });
        },
    },
};
