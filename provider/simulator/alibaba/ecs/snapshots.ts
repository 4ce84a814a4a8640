import { apiError } from "../../core/errorRule";
import { creationFilter, type Filters, filterParameters, isCreatedIn, never, passes } from "../gateway/filters";
import { operation } from "../gateway/operation";
import { tokenPageOf, tokenParameters } from "../gateway/paging";
import { flag, id, jsonList, required, text, withDefault } from "../gateway/parameters";
import { carries, tags } from "../gateway/tagParameters";
import { isoSeconds } from "../times";
import { listedOn } from "../visibility";
import { ecsRules } from "./ecsRules";
import { regionOfSnapshot } from "./instanceLookup";
import { type EcsSnapshot, ecsDiskKind, ecsImageKind, ecsSnapshotKind } from "./models";
import { tagViews } from "./tags";

/** The filters of DescribeSnapshots (SDK 7.11.6), including filters that match no simulated snapshot. */
const snapshotFilters: Filters<EcsSnapshot> = {
    Status: (_snapshot, wanted) => wanted === "all" || wanted === "accomplished",
    SnapshotType: (_snapshot, wanted) => wanted === "all" || wanted === "user",
    SourceDiskType: ({ diskType }, wanted) => diskType === wanted.toLowerCase(),
    Category: (_snapshot, wanted) => wanted.toLowerCase() === "standard",
    Encrypted: ({ isEncrypted }, wanted) => wanted.toLowerCase() === String(isEncrypted),
    DiskId: never,
    InstanceId: never,
    KMSKeyId: never,
    ResourceGroupId: never,
    SnapshotLinkId: never,
    SnapshotName: never,
};

/** Operations on the snapshots of copied images, which are kept until they are deleted explicitly. */
export const snapshotOperations = [
    operation({
        name: "DescribeSnapshots",
        reads: true,
        parameters: {
            RegionId: required(text()),
            SnapshotIds: jsonList({ max: 100, isId: true }),
            Usage: text({ values: ["image", "disk", "image_disk", "none"] }),
            Tag: tags,
            Filter: creationFilter,
            DryRun: flag,
            ...filterParameters(snapshotFilters),
            ...tokenParameters,
        },
        run: (caller, params) => {
            const isListed = listedOn(caller.store);
            const usageOf = ({ imageId }: EcsSnapshot) => (caller.store.get(ecsImageKind, imageId) ? "image" : "none");
            const found = caller.store
                .list(ecsSnapshotKind)
                .filter(
                    ({ id: snapshotId, value }) =>
                        isListed(snapshotId) &&
                        (params.SnapshotIds?.includes(snapshotId) ?? true) &&
                        (params.Usage === undefined || usageOf(value) === params.Usage) &&
                        isCreatedIn(params.Filter, value.createdAt) &&
                        passes(value, snapshotFilters, params) &&
                        carries(value.tags, params.Tag),
                );
            const { items, paging } = tokenPageOf(found, params);
            return {
                ...paging,
                Snapshots: {
                    Snapshot: items.map(({ id: snapshotId, value }) => ({
                        SnapshotId: snapshotId,
                        SnapshotName: "",
                        Description: "",
                        Status: "accomplished",
                        Progress: "100%",
                        RemainTime: 0,
                        CreationTime: isoSeconds(value.createdAt),
                        RegionId: caller.region,
                        SourceDiskId: "",
                        SourceDiskSize: String(value.sizeGiB),
                        SourceDiskType: value.diskType,
                        Available: true,
                        SnapshotType: "user",
                        Category: "standard",
                        Usage: usageOf(value),
                        Encrypted: value.isEncrypted,
                        Tags: { Tag: tagViews(value.tags) },
                    })),
                },
            };
        },
    }),
    operation({
        name: "DeleteSnapshot",
        locate: regionOfSnapshot,
        parameters: { SnapshotId: required(id), Force: withDefault(flag, false) },
        run: (caller, { SnapshotId, Force }) => {
            const snapshot = caller.store.get(ecsSnapshotKind, SnapshotId);
            // "If the specified snapshot ID does not exist, the request is ignored" (SDK 7.11.6).
            if (!snapshot) return {};
            const { imageId } = snapshot;
            if (caller.store.get(ecsImageKind, imageId)) throw apiError(ecsRules.snapshotBehindImage, { imageId });
            const disk = caller.store.where(ecsDiskKind, "snapshotId", SnapshotId).slice(0, 1)[0];
            if (disk && !Force) throw apiError(ecsRules.snapshotBehindDisk, { diskId: disk.id });
            caller.store.delete(ecsSnapshotKind, SnapshotId);
            return {};
        },
    }),
];
