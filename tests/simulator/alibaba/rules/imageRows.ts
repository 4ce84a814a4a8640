import type { imageRules } from "../../../../provider/dist/simulator/alibaba/swas/imageRules.js";
import { partner, type Simulated, web } from "../simulated.ts";
import type { RowsOf } from "./row.ts";
import { anImage, anUnfinishedImage, aSharedImage } from "./scene.ts";

const remove = ({ swas }: Simulated, ImageId: string) => swas.call("DeleteCustomImage", { ImageId });

const share = ({ swas }: Simulated, ImageId: string, Operation = "Share") =>
    swas.call("ModifyImageShareStatus", { ImageId, Operation });

const shareWith = ({ swas }: Simulated, ImageId: string, account: string) =>
    swas.call("AddCustomImageShareAccount", { ImageId, "Account.1": account });

async function again(cloud: Simulated, ImageName: string) {
    const { snapshotId } = await cloud.image("image");
    return cloud.swas.call("CreateCustomImage", { InstanceId: web, SystemSnapshotId: snapshotId, ImageName });
}

export const imageRows: RowsOf<typeof imageRules> = {
    unknownImage: {
        says: "404 InvalidImageId.NotFound The specified ImageId does not exist.",
        by: (cloud) => remove(cloud, "none"),
    },
    imageNameTaken: {
        says: "400 ImageNameAlreadyExist The image name already exists.",
        by: (cloud) => again(cloud, "image"),
    },
    imageQuota: {
        says: "400 CustomImageQuotaLimit The maximum number of custom image in this region is exceeded.",
        options: { quotas: { "alibaba.swas.images": 1 } },
        by: (cloud) => again(cloud, "another"),
    },
    imageInShare: {
        says: "400 CustomImageInShare The custom image is being shared. Please disable sharing first and then delete it.",
        by: async (cloud) => remove(cloud, await aSharedImage(cloud)),
    },
    imageInShareUser: {
        says: "400 CustomImageInShare The custom image is in sharing,please unshare first then to retry.",
        by: async (cloud) => {
            const ImageId = await anImage(cloud);
            await shareWith(cloud, ImageId, partner.account);
            return remove(cloud, ImageId);
        },
    },
    imageBusy: {
        says: "400 IncorrectStatus The custom image is being created or copied. Please try again later.",
        by: async (cloud) => remove(cloud, await anUnfinishedImage(cloud)),
    },
    imageNotReady: {
        says: "400 IncorrectStatus The custom image is not available.",
        by: async (cloud) => share(cloud, await anUnfinishedImage(cloud)),
    },
    shareOperation: {
        says: "400 InvalidParam.OperationIllegal The specified parameter operation is illegal.",
        by: async (cloud) => share(cloud, await anImage(cloud), "share"),
    },
    shareAccountLimit: {
        says: "400 QuotaExceed.ShareAccount A custom image can be shared with at most 0 accounts.",
        options: { quotas: { "alibaba.swas.shareAccounts": 0 } },
        by: async (cloud) => shareWith(cloud, await anImage(cloud), partner.account),
    },
    shareAccountUnknown: {
        says: "400 InvalidAccount.NotFound The specified account 9999999999999999 does not exist or owns the image.",
        by: async (cloud) => shareWith(cloud, await anImage(cloud), "9999999999999999"),
    },
    copySameRegion: {
        says: "400 InvalidDestinationRegionId The destination region must differ from the region of the image.",
        by: async (cloud) =>
            cloud.swas.call("CopyCustomImage", {
                ImageId: await anImage(cloud),
                DestinationRegionId: "cn-hangzhou",
                DestinationImageName: "copy",
            }),
    },
    unknownResource: {
        says: "404 InvalidResourceId.NotFound The specified ResourceId none does not exist.",
        by: ({ swas }) =>
            swas.call("TagResources", { ResourceType: "customimage", "ResourceId.1": "none", "Tag.1.Key": "team" }),
    },
};
