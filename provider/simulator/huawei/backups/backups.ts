import { kind } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { occupy, release } from "../jobs/occupation";
import { type Backup, backupMemberKey, backupMembers, backups } from "../models/backup";
import { disksOf } from "../models/disks";
import type { Server } from "../models/server";
import { volumes } from "../models/volume";

/** Completes the snapshots of a backup that is not for an image. */
const snapshotsJob = kind<{ backupId: string }>("huawei.backup.snapshots");
/** Completes the upload of a backup: it can then be restored in the whole region. */
const uploadJob = kind<{ backupId: string }>("huawei.backup.upload");
const deletionJob = kind<{ backupId: string }>("huawei.backup.delete");

export function declareBackupJobs(sim: Simulation): void {
    sim.onJob(snapshotsJob, ({ sim, store, body, failure }) => {
        if (failure === undefined) snapshotsTaken(sim, store, body.backupId);
        else failBackup(sim, store, body.backupId);
    });
    sim.onJob(uploadJob, ({ sim, store, body, failure }) => {
        const backup = store.get(backups, body.backupId);
        if (!backup) return;
        if (failure !== undefined) return failBackup(sim, store, backup.id);
        release(store, backup.server.id, backup.id);
        store.change(backups, backup.id, { status: "available", restoreMode: "backup", updatedAt: sim.clock.now() });
    });
    sim.onJob(deletionJob, ({ sim, store, body: { backupId }, failure }) => {
        if (failure !== undefined) {
            return store.change(backups, backupId, { status: "error", updatedAt: sim.clock.now() });
        }
        store.delete(backups, backupId);
        for (const { value } of store.list(backupMembers)) {
            if (value.backupId === backupId) store.delete(backupMembers, backupMemberKey(backupId, value.projectId));
        }
    });
}

export type BackupRequest = Pick<Backup, "id" | "service" | "vaultId" | "name" | "description" | "checkpointId"> &
    Partial<Pick<Backup, "tags">>;

/** Begins a backup of a server with all its disks, which are `backing-up` until the snapshots are complete. */
export function beginBackup(sim: Simulation, store: RegionStore, server: Server, request: BackupRequest): Backup {
    const disks = disksOf(store, server.id);
    const now = sim.clock.now();
    const backup: Backup = {
        tags: [],
        ...request,
        projectId: server.projectId,
        server: {
            id: server.id,
            name: server.name,
            flavor: server.flavor,
            address: server.nics[0]?.address ?? "",
        },
        os: server.os,
        sourceImageId: server.image.id,
        sourceImageType: server.image.type,
        guest: server.guest,
        availabilityZone: server.availabilityZone,
        status: "protecting",
        restoreMode: "na",
        createdAt: now,
        updatedAt: now,
        disks: disks.map((disk) => ({
            id: sim.ids.uuid(),
            volumeId: disk.id,
            volumeName: disk.name,
            volumeType: disk.type,
            sizeGiB: disk.sizeGiB,
            bootable: disk.attachment.bootIndex === 0,
            snapshotId: sim.ids.uuid(),
        })),
        imageId: null,
    };
    store.put(backups, backup.id, backup);
    occupy(store, server.id, { id: backup.id, service: "backup" });
    for (const disk of disks) store.change(volumes, disk.id, { status: "backing-up" });
    return backup;
}

/** Begins a backup that is not for an image: a job of its own completes its snapshots. */
export function beginOwnBackup(sim: Simulation, store: RegionStore, server: Server, request: BackupRequest): Backup {
    const backup = beginBackup(sim, store, server, request);
    sim.schedule(snapshotsJob, store.scope, durationOf(sim, "backupSnapshots"), { backupId: backup.id });
    return backup;
}

function releaseDisks(store: RegionStore, backup: Backup): void {
    for (const { volumeId } of backup.disks) {
        const volume = store.get(volumes, volumeId);
        if (volume?.status !== "backing-up") continue;
        store.change(volumes, volumeId, { status: volume.attachment ? "in-use" : "available" });
    }
}

/**
 * Marks the snapshots as complete: an image for the same availability zone can now be created. The upload continues.
 */
export function snapshotsTaken(sim: Simulation, store: RegionStore, backupId: string): void {
    const backup = store.get(backups, backupId);
    if (!backup) return;
    releaseDisks(store, backup);
    store.change(backups, backupId, { restoreMode: "snapshot", updatedAt: sim.clock.now() });
    sim.schedule(uploadJob, store.scope, durationOf(sim, "backupUpload"), { backupId });
}

/** A failed backup stays with status error until it is deleted. */
export function failBackup(sim: Simulation, store: RegionStore, backupId: string): void {
    const backup = store.get(backups, backupId);
    if (!backup) return;
    releaseDisks(store, backup);
    release(store, backup.server.id, backupId);
    store.change(backups, backupId, { status: "error", restoreMode: "na", updatedAt: sim.clock.now() });
}

/** Begins the deletion of a backup. */
export function beginBackupDeletion(sim: Simulation, store: RegionStore, backupId: string): void {
    store.change(backups, backupId, { status: "deleting", updatedAt: sim.clock.now() });
    sim.schedule(deletionJob, store.scope, durationOf(sim, "backupDelete"), { backupId });
}
