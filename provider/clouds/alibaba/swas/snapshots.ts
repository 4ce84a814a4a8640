import { z } from "zod";
import { list, number, optionalText, percent, text, total } from "../../answerFields";
import { joinCalls } from "../../joinedLookups";
import { listAll, listByIds, listTogether, lookupByIds, onePage } from "../paging";
import type { Rpc } from "../rpc";
import { swasTags, type Tags, tagParameters } from "../tags";

const disk = z
    .object({
        DiskId: text,
        DiskName: optionalText,
        DiskType: text,
        Size: number,
        Category: optionalText,
        Device: optionalText,
        Status: optionalText,
        InstanceId: optionalText,
    })
    .transform((found) => ({
        diskId: found.DiskId,
        diskName: found.DiskName,
        /** "system" or "data". */
        diskType: found.DiskType.toLowerCase(),
        sizeGiB: found.Size,
        category: found.Category,
        device: found.Device,
        status: found.Status,
        instanceId: found.InstanceId,
    }));

const snapshot = z
    .object({
        SnapshotId: text,
        SnapshotName: optionalText,
        // The documentation writes it with a capital letter, the live service does not
        // (docs/reference/swas-images.md#snapshots).
        Status: text.transform((status) => status.toLowerCase()),
        Progress: percent,
        CreationTime: optionalText,
        SourceDiskId: optionalText,
        SourceDiskType: optionalText,
        InstanceId: optionalText,
        Tags: swasTags,
    })
    .transform((found) => ({
        snapshotId: found.SnapshotId,
        snapshotName: found.SnapshotName,
        /** "progressing", "accomplished" or "failed". */
        status: found.Status,
        /** 0 to 100. */
        progressPercent: found.Progress,
        createdAt: found.CreationTime,
        sourceDiskId: found.SourceDiskId,
        /** "system" or "data". */
        sourceDiskType: found.SourceDiskType?.toLowerCase(),
        /** Only on snapshots of system disks. */
        instanceId: found.InstanceId,
        tags: found.Tags,
    }));

const diskPage = z
    .object({ Disks: list(disk), TotalCount: total })
    .transform(({ Disks, TotalCount }) => ({ items: Disks, total: TotalCount }));

const snapshotPage = z
    .object({ Snapshots: list(snapshot), TotalCount: total })
    .transform(({ Snapshots, TotalCount }) => ({ items: Snapshots, total: TotalCount }));

const createdSnapshot = z.object({ SnapshotId: text });

export type SwasDisk = z.output<typeof disk>;
export type SwasSnapshot = z.output<typeof snapshot>;

/** Disks and their snapshots. */
export function snapshotActions(rpc: Rpc) {
    const disksOf = joinCalls<string, SwasDisk[]>({
        call: async (take) => {
            let servers: readonly string[] = [];
            const disks = await listAll(rpc, {
                action: "ListDisks",
                query: () => {
                    servers = take();
                    return { InstanceId: servers.length === 1 ? servers[0] : undefined };
                },
                page: diskPage,
            });
            return (server) => disks.filter(({ instanceId }) => instanceId === server);
        },
    });

    return {
        /** Disks of a server, all pages. */
        listDisks: (filter: { instanceId: string; diskType?: "system" | "data" }): Promise<SwasDisk[]> =>
            listAll(rpc, {
                action: "ListDisks",
                query: { InstanceId: filter.instanceId, DiskType: filter.diskType },
                page: diskPage,
            }),

        /**
         * Starts a snapshot and returns its id; poll `listSnapshots` until it is "accomplished".
         *
         * @param request name: 2 to 50 letters, digits and `:` `_` `.` `-`, starting with a letter; clientToken:
         *   without it, a new token is used, so that retries within this call create one snapshot
         */
        async createSnapshot(request: {
            diskId: string;
            name: string;
            clientToken?: string;
            tags?: Tags;
        }): Promise<string> {
            const { SnapshotId } = await rpc.ask({
                action: "CreateSnapshot",
                query: {
                    DiskId: request.diskId,
                    SnapshotName: request.name,
                    Tag: tagParameters(request.tags),
                    ClientToken: request.clientToken ?? rpc.newToken(),
                },
                answer: createdSnapshot,
                idempotent: true,
            });
            return SnapshotId;
        },

        /** Snapshots, all pages; filters are combined. */
        listSnapshots: (
            filter: { snapshotIds?: string[]; instanceId?: string; diskId?: string } = {},
        ): Promise<SwasSnapshot[]> =>
            listByIds(filter.snapshotIds, (ids) =>
                listAll(rpc, {
                    action: "ListSnapshots",
                    query: { SnapshotIds: ids, InstanceId: filter.instanceId, DiskId: filter.diskId },
                    page: snapshotPage,
                }),
            ),

        /** One snapshot; undefined if it does not exist. Simultaneous lookups are joined. */
        snapshot: lookupByIds(
            rpc,
            { action: "ListSnapshots", parameter: "SnapshotIds", query: onePage, page: snapshotPage },
            ({ snapshotId }) => snapshotId,
        ),

        /** All snapshots. Simultaneous calls are joined. */
        allSnapshots: listTogether(rpc, { action: "ListSnapshots", page: snapshotPage }),

        /** The disks of a server. Simultaneous lookups are joined: one list answers them for several servers. */
        disksOf,

        /**
         * @throws CloudError `isGone` if it does not exist; another one if a custom image that was created from it
         *   exists
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
