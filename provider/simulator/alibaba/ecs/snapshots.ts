import { operation } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { flag, id, jsonList, required, text } from "../gateway/parameters";
import { carries, tags } from "../gateway/tagParameters";
import { refusal } from "../rule";
import { isoSeconds } from "../times";
import { ecsRules } from "./ecsRules";
import { ecsImageKind, ecsSnapshotKind } from "./holdings";
import { regionOfSnapshot } from "./instanceLookup";
import { tagViews } from "./tags";

/** The snapshots behind copied images, which outlive them until somebody deletes them. */
export const snapshotOperations = [
    operation({
        name: "DescribeSnapshots",
        reads: true,
        parameters: {
            RegionId: required(text()),
            SnapshotIds: jsonList({ max: 100, isId: true }),
            Tag: tags,
            ...pageParameters(100),
        },
        run: (caller, asked) => {
            const found = caller.shelf
                .list(ecsSnapshotKind)
                .filter(({ id: snapshotId }) => asked.SnapshotIds?.includes(snapshotId) ?? true)
                .filter(({ value }) => carries(value.tags, asked.Tag));
            const { items, paging } = pageOf(found, asked);
            return {
                ...paging,
                NextToken: "",
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
                        Usage: caller.shelf.get(ecsImageKind, value.imageId) ? "image" : "none",
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
        parameters: { SnapshotId: required(id), Force: flag },
        run: (caller, { SnapshotId }) => {
            const snapshot = caller.shelf.get(ecsSnapshotKind, SnapshotId);
            if (!snapshot) throw refusal(ecsRules.unknownSnapshot);
            const { imageId } = snapshot;
            if (caller.shelf.get(ecsImageKind, imageId)) throw refusal(ecsRules.snapshotBehindImage, { imageId });
            caller.shelf.delete(ecsSnapshotKind, SnapshotId);
            return {};
        },
    }),
];
