import { apiError } from "../../core/errorRule";
import { kind, type Placed } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { type Caller, operation } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { id, jsonList, required, text, withDefault } from "../gateway/parameters";
import { carries, tags, withTags } from "../gateway/tagParameters";
import { newId } from "../ids";
import { firstRegionOf, regionUnlessBy } from "../locations";
import { isoSeconds, progressOf } from "../times";
import { listedOn, listLater } from "../visibility";
import {
    regionOfDisk,
    regionOfServer,
    regionOfSnapshot,
    regionOfSnapshots,
    requireStatus,
    serverOf,
    snapshotOf,
} from "./lookup";
import { customImageKind, diskKind, type Snapshot, snapshotKind } from "./models";
import { checkSnapshotQuota } from "./quotas";
import { swasRules } from "./swasRules";
import { tagViews } from "./tags";

const snapshotDone = kind<{ snapshotId: string }>("alibaba.snapshot.done");

export function declareSnapshotJobs(sim: Simulation): void {
    sim.onJob(snapshotDone, ({ store, body, failure }) => {
        const status = failure === undefined ? "accomplished" : "failed";
        store.change(snapshotKind, body.snapshotId, { status });
    });
}

/** A letter, which can be Chinese, then letters, digits and : _ . - */
const snapshotName = /^(?!https?:\/\/)[A-Za-z\p{Script=Han}][\w\p{Script=Han}:.-]{1,49}$/u;

function progress(snapshot: Snapshot, now: number): string {
    if (snapshot.status === "accomplished") return "100%";
    return snapshot.status === "failed" ? "0%" : progressOf(snapshot, now);
}

function view(caller: Caller, { id: snapshotId, value: snapshot }: Placed<Snapshot>) {
    return {
        SnapshotId: snapshotId,
        SnapshotName: snapshot.name,
        Status: snapshot.status,
        Progress: progress(snapshot, caller.now),
        CreationTime: isoSeconds(snapshot.startedAt),
        SourceDiskId: snapshot.diskId,
        SourceDiskType: snapshot.diskType,
        // Only snapshots of system disks show their server (ListSnapshots, SDK 4.0.0).
        ...(snapshot.diskType === "system" ? { InstanceId: snapshot.serverId } : {}),
        RegionId: caller.region,
        Remark: snapshot.remark,
        ...(snapshot.rolledBackAt === undefined ? {} : { RollbackTime: isoSeconds(snapshot.rolledBackAt) }),
        ResourceGroupId: snapshot.resourceGroupId,
        Tags: tagViews(snapshot.tags),
    };
}

function deleteSnapshot(caller: Caller, snapshotId: string): void {
    snapshotOf(caller, snapshotId);
    const image = caller.store
        .list(customImageKind)
        .find(({ value }) => [value.systemSnapshotId, value.dataSnapshotId].includes(snapshotId));
    if (image) throw apiError(swasRules.snapshotBehindImage, { imageId: image.id });
    caller.store.delete(snapshotKind, snapshotId);
}

export const snapshotOperations = [
    operation({
        name: "CreateSnapshot",
        locate: regionOfDisk,
        parameters: {
            RegionId: regionUnlessBy("DiskId"),
            DiskId: required(id),
            SnapshotName: required(text({ pattern: snapshotName, errorRule: swasRules.snapshotNameInvalid })),
            ResourceGroupId: withDefault(text(), ""),
            Tag: tags,
        },
        run: (caller, params) => {
            const { sim, store, scope, now } = caller;
            const disk = store.get(diskKind, params.DiskId);
            if (!disk) throw apiError(swasRules.unknownDisk);
            requireStatus(serverOf(caller, disk.serverId), "Running", "Stopped");
            if (disk.isRollingBack) throw apiError(swasRules.diskRollingBack, { diskId: params.DiskId });
            const known = store.list(snapshotKind).map(({ value }) => value);
            if (known.some((other) => other.diskId === params.DiskId && other.status === "progressing")) {
                throw apiError(swasRules.snapshotRunning);
            }
            if (known.some((other) => other.name === params.SnapshotName)) throw apiError(swasRules.snapshotNameTaken);
            checkSnapshotQuota(caller, disk.serverId);
            const snapshotId = newId(sim, "s", caller.region);
            const duration = durationOf(sim, "snapshot");
            store.put(snapshotKind, snapshotId, {
                name: params.SnapshotName,
                remark: "",
                resourceGroupId: params.ResourceGroupId,
                diskId: params.DiskId,
                diskType: disk.type,
                serverId: disk.serverId,
                sizeGiB: disk.sizeGiB,
                status: "progressing",
                startedAt: now,
                dueAt: now + duration,
                tags: withTags([], params.Tag),
            });
            sim.schedule(snapshotDone, scope, duration, { snapshotId });
            listLater(sim, store, snapshotId);
            return { SnapshotId: snapshotId };
        },
    }),
    operation({
        name: "ListSnapshots",
        reads: true,
        locate: firstRegionOf(regionOfSnapshots, regionOfServer, regionOfDisk),
        parameters: {
            RegionId: required(text()),
            SnapshotIds: jsonList({ max: 100, isId: true }),
            InstanceId: id,
            DiskId: id,
            SourceDiskType: text(),
            ResourceGroupId: text(),
            Tag: tags,
            ...pageParameters(100),
        },
        run: (caller, params) => {
            const isListed = listedOn(caller.store);
            const found = caller.store
                .list(snapshotKind)
                .filter(
                    ({ id: snapshotId, value }) =>
                        isListed(snapshotId) &&
                        (params.SnapshotIds?.includes(snapshotId) ?? true) &&
                        (params.InstanceId === undefined || value.serverId === params.InstanceId) &&
                        (params.DiskId === undefined || value.diskId === params.DiskId) &&
                        (params.SourceDiskType === undefined ||
                            value.diskType === params.SourceDiskType.toLowerCase()) &&
                        (params.ResourceGroupId === undefined || value.resourceGroupId === params.ResourceGroupId) &&
                        carries(value.tags, params.Tag),
                );
            const { items, paging } = pageOf(found, params);
            return { ...paging, Snapshots: items.map((snapshot) => view(caller, snapshot)) };
        },
    }),
    operation({
        name: "DeleteSnapshot",
        locate: regionOfSnapshot,
        parameters: { RegionId: regionUnlessBy("SnapshotId"), SnapshotId: required(id) },
        run: (caller, { SnapshotId }) => {
            deleteSnapshot(caller, SnapshotId);
            return {};
        },
    }),
    operation({
        // Deletes all snapshots or none.
        name: "DeleteSnapshots",
        locate: regionOfSnapshots,
        parameters: { RegionId: required(text()), SnapshotIds: required(jsonList({ max: 100, isId: true })) },
        run: (caller, { SnapshotIds }) => {
            for (const snapshotId of new Set(SnapshotIds)) deleteSnapshot(caller, snapshotId);
            return {};
        },
    }),
];
