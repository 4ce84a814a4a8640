import type { Placed } from "../../core/kinds";
import { type Caller, operation } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { id, jsonList, required, text } from "../gateway/parameters";
import { carries, tags } from "../gateway/tagParameters";
import { firstRegionOf, regionBy } from "../locations";
import { isoSeconds } from "../times";
import { listedOn } from "../visibility";
import { regionOfServer, serverOf } from "./lookup";
import { type Disk, diskKind, serverKind } from "./models";
import { tagViews } from "./tags";

/** A disk as ListInstances returns it. */
export function diskView(caller: Caller, { id: diskId, value: disk }: Placed<Disk>) {
    const isSystem = disk.type === "system";
    const isNew = caller.store.get(serverKind, disk.serverId)?.status === "Pending";
    const status = disk.isRollingBack ? "ReIniting" : "In_use";
    return {
        DiskId: diskId,
        DiskName: isSystem ? "SystemDisk" : "DataDisk",
        DiskType: disk.type,
        Category: "ESSD",
        Size: disk.sizeGiB,
        Device: isSystem ? "/dev/xvda" : "/dev/xvdb",
        Status: isNew ? "Creating" : status,
        RegionId: caller.region,
        CreationTime: isoSeconds(disk.createdAt),
        DiskChargeType: "PrePaid",
        Remark: disk.remark,
        ResourceGroupId: "",
    };
}

export const listDisks = operation({
    name: "ListDisks",
    reads: true,
    locate: firstRegionOf(regionOfServer, regionBy("DiskIds", diskKind)),
    parameters: {
        RegionId: required(text()),
        InstanceId: id,
        DiskIds: jsonList({ max: 100, isId: true }),
        DiskType: text(),
        // No simulated disk is in a resource group.
        ResourceGroupId: text(),
        Tag: tags,
        ...pageParameters(100),
    },
    run: (caller, params) => {
        if (params.InstanceId !== undefined) serverOf(caller, params.InstanceId);
        const isListed = listedOn(caller.store);
        const found = caller.store
            .list(diskKind)
            .filter(
                ({ id: diskId, value }) =>
                    isListed(value.serverId) &&
                    params.ResourceGroupId === undefined &&
                    (params.InstanceId === undefined || value.serverId === params.InstanceId) &&
                    (params.DiskIds?.includes(diskId) ?? true) &&
                    (params.DiskType === undefined || value.type === params.DiskType.toLowerCase()) &&
                    carries(value.tags, params.Tag),
            );
        const { items, paging } = pageOf(found, params);
        return {
            ...paging,
            Disks: items.map((disk) => ({
                ...diskView(caller, disk),
                InstanceId: disk.value.serverId,
                InstanceName: caller.store.get(serverKind, disk.value.serverId)?.name ?? "",
                Tags: tagViews(disk.value.tags),
            })),
        };
    },
});
