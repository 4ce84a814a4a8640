import type { Placed } from "../../core/kinds";
import { always, creationFilter, type Filters, filterParameters, isCreatedIn, never, passes } from "../gateway/filters";
import { type Caller, operation } from "../gateway/operation";
import { tokenPageOf, tokenParameters } from "../gateway/paging";
import { flag, id, jsonList, repeated, required, text } from "../gateway/parameters";
import { carries, tags } from "../gateway/tagParameters";
import { fitsWildcard } from "../gateway/wildcard";
import { regionNamed } from "../regions";
import { isoSeconds } from "../times";
import { listedOn } from "../visibility";
import { type EcsDisk, ecsDiskKind, ecsInstanceKind } from "./models";
import { tagViews } from "./tags";

function view(caller: Caller, { id: diskId, value: disk }: Placed<EcsDisk>) {
    const instance = caller.store.get(ecsInstanceKind, disk.instanceId);
    const isFree = disk.instanceId === "";
    return {
        DiskId: diskId,
        DiskName: disk.name,
        Description: disk.description,
        Type: disk.type,
        Category: disk.category,
        Size: disk.sizeGiB,
        Device: disk.device,
        Status: isFree ? "Available" : instance?.status === "Pending" ? "Creating" : "In_use",
        InstanceId: disk.instanceId,
        ImageId: disk.type === "system" ? (instance?.imageId ?? "") : "",
        SourceSnapshotId: disk.snapshotId,
        RegionId: caller.region,
        ZoneId: instance?.zone ?? regionNamed(caller.region).zone,
        DiskChargeType: instance?.chargeType ?? "PostPaid",
        CreationTime: isoSeconds(disk.createdAt),
        Encrypted: disk.isEncrypted,
        // A system disk is created and deleted with its instance.
        Portable: disk.type === "data",
        DeleteWithInstance: disk.isReleasedWithInstance,
        MultiAttach: "Disabled",
        OperationLocks: { OperationLock: [] },
        Tags: { Tag: tagViews(disk.tags) },
    };
}

type DiskView = ReturnType<typeof view>;

/** The filters of DescribeDisks (SDK 7.11.6), including filters that match no simulated disk. */
const diskFilters: Filters<DiskView> = {
    DiskType: ({ Type }, wanted) => wanted === "all" || wanted === Type,
    Status: ({ Status }, wanted) => wanted === "All" || wanted === Status,
    Category: ({ Category }, wanted) => wanted === "all" || wanted === Category,
    DiskChargeType: ({ DiskChargeType }, wanted) => wanted === DiskChargeType,
    ZoneId: ({ ZoneId }, wanted) => wanted === ZoneId,
    MultiAttach: ({ MultiAttach }, wanted) => wanted === MultiAttach,
    Encrypted: ({ Encrypted }, wanted) => wanted.toLowerCase() === String(Encrypted),
    Portable: ({ Portable }, wanted) => wanted.toLowerCase() === String(Portable),
    DeleteWithInstance: ({ DeleteWithInstance }, wanted) => wanted.toLowerCase() === String(DeleteWithInstance),
    DeleteAutoSnapshot: always(false),
    EnableAutoSnapshot: always(false),
    EnableAutomatedSnapshotPolicy: always(false),
    EnableShared: always(false),
    AutoSnapshotPolicyId: never,
    DiskName: ({ DiskName }, wanted) => fitsWildcard(DiskName, wanted),
    KMSKeyId: never,
    LockReason: never,
    ResourceGroupId: never,
    SnapshotId: ({ SourceSnapshotId }, wanted) => wanted === SourceSnapshotId,
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
        // The additional attributes are not simulated.
        AdditionalAttributes: repeated({ max: 10 }),
        ...filterParameters(diskFilters),
        ...tokenParameters,
    },
    run: (caller, params) => {
        const isListed = listedOn(caller.store);
        const found = caller.store
            .list(ecsDiskKind)
            .filter(
                (disk) =>
                    isListed(disk.value.instanceId) &&
                    isCreatedIn(params.Filter, disk.value.createdAt) &&
                    carries(disk.value.tags, params.Tag),
            )
            .map((disk) => view(caller, disk))
            .filter(
                (disk) =>
                    (params.DiskIds?.includes(disk.DiskId) ?? true) &&
                    (params.InstanceId === undefined || disk.InstanceId === params.InstanceId) &&
                    passes(disk, diskFilters, params),
            );
        const { items, paging } = tokenPageOf(found, params);
        return { ...paging, Disks: { Disk: items } };
    },
});
