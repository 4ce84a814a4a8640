import type { Placed } from "../../core/kinds";
import { always, creationFilter, type Filters, filterParameters, isCreatedIn, never, passes } from "../gateway/filters";
import { type Caller, operation } from "../gateway/operation";
import { tokenPageOf, tokenParameters } from "../gateway/paging";
import { flag, id, jsonList, required, text } from "../gateway/parameters";
import { carries, tags } from "../gateway/tagParameters";
import { isoSeconds } from "../times";
import { listedOn } from "../visibility";
import { type EcsInstance, ecsInstanceKind } from "./holdings";

/** A system disk comes and goes with its instance. */
function view(caller: Caller, { id: instanceId, value: instance }: Placed<EcsInstance>) {
    return {
        DiskId: instance.systemDiskId,
        DiskName: "",
        Description: "",
        Type: "system",
        Category: "cloud_essd",
        Size: instance.systemDiskGiB,
        Device: "/dev/xvda",
        Status: instance.status === "Pending" ? "Creating" : "In_use",
        InstanceId: instanceId,
        ImageId: instance.imageId,
        RegionId: caller.region,
        ZoneId: instance.zone,
        DiskChargeType: instance.chargeType,
        CreationTime: isoSeconds(instance.createdAt),
        Encrypted: false,
        Portable: false,
        DeleteWithInstance: true,
        MultiAttach: "Disabled",
        OperationLocks: { OperationLock: [] },
        Tags: { Tag: [] },
    };
}

type DiskView = ReturnType<typeof view>;

/** The filters of DescribeDisks (SDK 7.11.6), those too that ask for what no disk here has. */
const diskFilters: Filters<DiskView> = {
    DiskType: ({ Type }, asked) => asked === "all" || asked === Type,
    Status: ({ Status }, asked) => asked === "All" || asked === Status,
    Category: ({ Category }, asked) => asked === "all" || asked === Category,
    DiskChargeType: ({ DiskChargeType }, asked) => asked === DiskChargeType,
    ZoneId: ({ ZoneId }, asked) => asked === ZoneId,
    MultiAttach: ({ MultiAttach }, asked) => asked === MultiAttach,
    Encrypted: always(false),
    Portable: always(false),
    DeleteWithInstance: always(true),
    DeleteAutoSnapshot: always(false),
    EnableAutoSnapshot: always(false),
    EnableAutomatedSnapshotPolicy: always(false),
    EnableShared: always(false),
    AutoSnapshotPolicyId: never,
    DiskName: never,
    KMSKeyId: never,
    LockReason: never,
    ResourceGroupId: never,
    SnapshotId: never,
};

export const describeDisks = operation({
    name: "DescribeDisks",
    reads: true,
    parameters: {
        RegionId: required(text()),
        DiskIds: jsonList({ max: 100, isId: true }),
        InstanceId: id,
        Tag: tags,
        Filter: creationFilter,
        DryRun: flag,
        ...filterParameters(diskFilters),
        ...tokenParameters,
    },
    run: (caller, asked) => {
        const isListed = listedOn(caller.shelf);
        const found = caller.shelf
            .list(ecsInstanceKind)
            .filter((instance) => isListed(instance.id) && isCreatedIn(asked.Filter, instance.value.createdAt))
            .map((instance) => view(caller, instance))
            .filter(
                (disk) =>
                    (asked.DiskIds?.includes(disk.DiskId) ?? true) &&
                    (asked.InstanceId === undefined || disk.InstanceId === asked.InstanceId) &&
                    passes(disk, diskFilters, asked) &&
                    carries([], asked.Tag),
            );
        const { items, paging } = tokenPageOf(found, asked);
        return { ...paging, Disks: { Disk: items } };
    },
});
