import type { Placed } from "../../core/kinds";
import { type Caller, operation } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { flag, id, jsonList, required, text } from "../gateway/parameters";
import { carries, tags } from "../gateway/tagParameters";
import { isoSeconds } from "../times";
import { listedOn } from "../visibility";
import { type CustomImage, customImageKind, serverKind, snapshotKind } from "./holdings";
import { imagesSharedWith } from "./lookup";
import { tagViews } from "./tags";

/** What everybody who may use the image sees. */
function sharedView(caller: Caller, { id: imageId, scope, value: image }: Placed<CustomImage>) {
    const servers = caller.shelf.list(serverKind).filter(({ value }) => value.imageId === imageId);
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
        // Sharing with an account leaves the data disk out (product-overview/limits).
        RequiredDataDiskSize: 0,
        CreationTime: isoSeconds(image.createdAt),
        InShare: image.inShare,
        InShareUser: image.shareAccounts.length > 0,
        UserId: Number(scope.account),
        SourceImageName: image.sourceImageName,
        SourceImageVersion: image.sourceImageVersion,
        CreateInstances: servers.map((server) => server.id),
        ResourceGroupId: "",
        Tags: tagViews([]),
    };
}

/** The owner also sees where the image comes from. */
function ownView(caller: Caller, placed: Placed<CustomImage>) {
    const image = placed.value;
    const snapshotName = (snapshotId: string) => caller.shelf.get(snapshotKind, snapshotId)?.name ?? "";
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

export const listCustomImages = operation({
    name: "ListCustomImages",
    reads: true,
    parameters: {
        RegionId: required(text()),
        ImageIds: jsonList({ max: 100, isId: true }),
        ImageNames: jsonList({ max: 100 }),
        InstanceId: id,
        SystemSnapshotId: id,
        DataSnapshotId: id,
        // UNCONFIRMED (reference 2.2): true lists what others share with the caller, false the caller's own.
        Share: flag,
        ResourceGroupId: text(),
        Tag: tags,
        ...pageParameters(100),
    },
    run: (caller, asked) => {
        const isListed = listedOn(caller.shelf);
        const all = caller.shelf.list(customImageKind).filter((image) => isListed(image.id));
        const own = asked.Share === true ? [] : all;
        const shared = asked.Share === false ? [] : imagesSharedWith(caller);
        const views = [
            ...own.map((image) => ({ view: ownView(caller, image), tags: image.value.tags })),
            ...shared.map((image) => ({ view: sharedView(caller, image), tags: [] })),
        ];
        const found = views.filter(
            ({ view, tags: carried }) =>
                (asked.ImageIds?.includes(view.ImageId) ?? true) &&
                (asked.ImageNames?.includes(view.Name) ?? true) &&
                (asked.InstanceId === undefined || view.InstanceId === asked.InstanceId) &&
                (asked.SystemSnapshotId === undefined || view.SystemSnapshotId === asked.SystemSnapshotId) &&
                (asked.DataSnapshotId === undefined || view.DataSnapshotId === asked.DataSnapshotId) &&
                (asked.ResourceGroupId === undefined || view.ResourceGroupId === asked.ResourceGroupId) &&
                carries(carried, asked.Tag),
        );
        const { items, paging } = pageOf(found, asked);
        // The one SWAS list whose paging fields are strings.
        return {
            TotalCount: String(paging.TotalCount),
            PageNumber: String(paging.PageNumber),
            PageSize: String(paging.PageSize),
            CustomImages: items.map(({ view }) => view),
        };
    },
});
