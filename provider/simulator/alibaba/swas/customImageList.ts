import { integer } from "../../core/integers";
import type { Placed } from "../../core/kinds";
import { concatenated, filtered } from "../../core/slices";
import { type Caller, operation } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { flag, id, jsonList, required, text } from "../gateway/parameters";
import { carries, tags } from "../gateway/tagParameters";
import { firstRegionOf } from "../locations";
import { isoSeconds } from "../times";
import { isAnythingUnlisted, listedOn } from "../visibility";
import { imagesSharedWith, regionOfImages, regionOfServer } from "./lookup";
import { type CustomImage, customImageKind, serverKind, snapshotKind } from "./models";
import { tagViews } from "./tags";

/** The fields that every account with access to the image sees. */
function sharedView(caller: Caller, { id: imageId, scope, value: image }: Placed<CustomImage>) {
    const servers = caller.store.where(serverKind, "imageId", imageId).slice();
    return {
        ImageId: imageId,
        Name: image.name,
        Description: image.description,
        Status: image.status,
        OsType: image.osType,
        RegionId: caller.region,
        InstanceId: "",
        InstanceName: "",
        SystemSnapshotId: "",
        SystemSnapshotName: "",
        DataSnapshotId: "",
        DataSnapshotName: "",
        RequiredSystemDiskSize: image.systemDiskGiB,
        // An image that is shared with an account does not contain the data disk (product-overview/limits).
        RequiredDataDiskSize: 0,
        CreationTime: isoSeconds(image.createdAt),
        InShare: image.inShare,
        InShareUser: image.shareAccounts.length > 0,
        UserId: integer(scope.account),
        SourceImageName: image.sourceImageName,
        SourceImageVersion: image.sourceImageVersion,
        CreateInstances: servers.map((server) => server.id),
        ResourceGroupId: "",
        Tags: tagViews([]),
    };
}

/** The owner also sees the origin of the image. */
function ownView(caller: Caller, placed: Placed<CustomImage>) {
    const image = placed.value;
    const snapshotName = (snapshotId: string) => caller.store.get(snapshotKind, snapshotId)?.name ?? "";
    return {
        ...sharedView(caller, placed),
        InstanceId: image.serverId,
        InstanceName: image.serverName,
        SystemSnapshotId: image.systemSnapshotId,
        SystemSnapshotName: snapshotName(image.systemSnapshotId),
        DataSnapshotId: image.dataSnapshotId,
        DataSnapshotName: snapshotName(image.dataSnapshotId),
        RequiredDataDiskSize: image.dataDiskGiB,
        ResourceGroupId: image.resourceGroupId,
        Tags: tagViews(image.tags),
    };
}

/** An image of another account, without the fields that lists hide, so that no filter matches them. */
function withoutOrigin({ value, ...placed }: Placed<CustomImage>): Placed<CustomImage> {
    const origin = { serverId: "", systemSnapshotId: "", dataSnapshotId: "", resourceGroupId: "", tags: [] };
    return { ...placed, value: { ...value, ...origin } };
}

/** The caller's own images that lists show, optionally only those with these ids. */
function listedImages({ store }: Caller, ids: readonly string[] | undefined) {
    const own = ids ? store.some(customImageKind, ids) : store.all(customImageKind);
    const isListed = listedOn(store);
    return filtered(own, [isAnythingUnlisted(store) && ((image) => isListed(image.id))]);
}

export const listCustomImages = operation({
    name: "ListCustomImages",
    reads: true,
    locate: firstRegionOf(regionOfImages, regionOfServer),
    parameters: {
        RegionId: required(text()),
        ImageIds: jsonList({ max: 100, isId: true }),
        ImageNames: jsonList({ max: 100 }),
        InstanceId: id,
        SystemSnapshotId: id,
        DataSnapshotId: id,
        // UNCONFIRMED (docs/reference/swas-images.md#custom-images): true lists images that others share with the
        // caller, false the caller's own images.
        Share: flag,
        ResourceGroupId: text(),
        Tag: tags,
        ...pageParameters(100),
    },
    run: (caller, params) => {
        const { ImageIds, ImageNames, InstanceId, SystemSnapshotId, DataSnapshotId, ResourceGroupId, Tag } = params;
        const own = params.Share === true ? [] : listedImages(caller, ImageIds);
        const shared = params.Share === false ? [] : imagesSharedWith(caller).map(withoutOrigin);
        const found = filtered(concatenated(own, shared), [
            ImageIds !== undefined && (({ id: imageId }) => ImageIds.includes(imageId)),
            ImageNames !== undefined && (({ value }) => ImageNames.includes(value.name)),
            InstanceId !== undefined && (({ value }) => value.serverId === InstanceId),
            SystemSnapshotId !== undefined && (({ value }) => value.systemSnapshotId === SystemSnapshotId),
            DataSnapshotId !== undefined && (({ value }) => value.dataSnapshotId === DataSnapshotId),
            ResourceGroupId !== undefined && (({ value }) => value.resourceGroupId === ResourceGroupId),
            Tag.length > 0 && (({ value }) => carries(value.tags, Tag)),
        ]);
        const { items, paging } = pageOf(found, params);
        // The only SWAS list with strings as paging fields.
        return {
            TotalCount: String(paging.TotalCount),
            PageNumber: String(paging.PageNumber),
            PageSize: String(paging.PageSize),
            CustomImages: items.map((image) =>
                image.scope.account === caller.account ? ownView(caller, image) : sharedView(caller, image),
            ),
        };
    },
});
