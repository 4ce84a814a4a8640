import { z } from "zod";
import { list, number, optionalNumber, optionalText, text, total } from "../../answerFields";
import { listAll } from "../paging";
import type { Rpc } from "../rpc";
import { ecsTags } from "../tags";

const disk = z
    .object({ DiskId: text, Type: text, Size: number, InstanceId: optionalText })
    .transform(({ DiskId, Type, Size, InstanceId }) => ({
        diskId: DiskId,
        /** "system" or "data". */
        type: Type,
        sizeGiB: Size,
        instanceId: InstanceId,
    }));

const diskPage = z
    .object({ Disks: z.object({ Disk: list(disk) }), TotalCount: total })
    .transform(({ Disks, TotalCount }) => ({ items: Disks.Disk, total: TotalCount }));

const snapshot = z
    .object({ SnapshotId: text, CreationTime: optionalText, SourceDiskSize: optionalNumber, Tags: ecsTags })
    .transform(({ SnapshotId, CreationTime, SourceDiskSize, Tags }) => ({
        snapshotId: SnapshotId,
        createdAt: CreationTime,
        sizeGiB: SourceDiskSize,
        tags: Tags,
    }));

const snapshotPage = z
    .object({ Snapshots: z.object({ Snapshot: list(snapshot) }), TotalCount: total })
    .transform(({ Snapshots, TotalCount }) => ({ items: Snapshots.Snapshot, total: TotalCount }));

export type EcsDisk = z.output<typeof disk>;
export type EcsSnapshot = z.output<typeof snapshot>;

/** Disks and snapshots of ECS. The snapshots behind an image outlive it. */
export function diskActions(rpc: Rpc) {
    return {
        /** The disks of a server, all pages. */
        describeDisks: (filter: { instanceId: string }): Promise<EcsDisk[]> =>
            listAll(rpc, { action: "DescribeDisks", query: { InstanceId: filter.instanceId }, page: diskPage }),

        /** Snapshots, all pages. @param filter tagKey: only snapshots that have a tag with this key */
        describeSnapshots: (filter: { tagKey?: string } = {}): Promise<EcsSnapshot[]> =>
            listAll(rpc, {
                action: "DescribeSnapshots",
                query: { Tag: filter.tagKey === undefined ? undefined : [{ Key: filter.tagKey }] },
                page: snapshotPage,
            }),

        /**
         * @throws CloudError `isGone` if it does not exist; another one while an image that was created from it exists
         */
        async deleteSnapshot(snapshotId: string): Promise<void> {
            await rpc.ask({
                action: "DeleteSnapshot",
                query: { SnapshotId: snapshotId },
                answer: z.object({}),
                idempotent: true,
            });
        },
    };
}
