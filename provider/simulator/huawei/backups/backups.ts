import { kind } from "../../core/kinds";
import type { Shelf } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { type Backup, backupMemberKey, backupMembers, backups } from "../holdings/backup";
import { disksOf } from "../holdings/disks";
import type { Server } from "../holdings/server";
import { volumes } from "../holdings/volume";
import { leave, occupy } from "../jobs/occupation";

/** Snapshots of a backup that no image waits for are taken. */
const snapshotsJob = kind<{ backupId: string }>("huawei.backup.snapshots");
/** The data of a backup is uploaded: it can be restored in the whole region. */
const uploadJob = kind<{ backupId: string }>("huawei.backup.upload");
const deletionJob = kind<{ backupId: string }>("huawei.backup.delete");

export function declareBackupJobs(sim: Simulation): void {
    sim.onJob(snapshotsJob, ({ sim, shelf, body, failure }) => {
        if (failure === undefined) snapshotsTaken(sim, shelf, body.backupId);
        else failBackup(sim, shelf, body.backupId);
    });
    sim.onJob(uploadJob, ({ sim, shelf, body, failure }) => {
        const backup = shelf.get(backups, body.backupId);
        if (!backup) return;
        if (failure !== undefined) return failBackup(sim, shelf, backup.id);
        leave(shelf, backup.server.id, backup.id);
        shelf.change(backups, backup.id, { status: "available", restoreMode: "backup", updatedAt: sim.clock.now() });
    });
    sim.onJob(deletionJob, ({ sim, shelf, body: { backupId }, failure }) => {
        if (failure !== undefined) {
            return shelf.change(backups, backupId, { status: "error", updatedAt: sim.clock.now() });
        }
        shelf.delete(backups, backupId);
        for (const { value } of shelf.list(backupMembers)) {
            if (value.backupId === backupId) shelf.delete(backupMembers, backupMemberKey(backupId, value.projectId));
        }
    });
}

export type BackupRequest = Pick<Backup, "id" | "service" | "vaultId" | "name" | "description" | "checkpointId"> &
    Partial<Pick<Backup, "tags">>;

/** Begins a backup of a server with all its disks, which are `backing-up` until the snapshots are taken. */
export function beginBackup(sim: Simulation, shelf: Shelf, server: Server, request: BackupRequest): Backup {
    const disks = disksOf(shelf, server.id);
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
    shelf.put(backups, backup.id, backup);
    occupy(shelf, server.id, { id: backup.id, service: "backup" });
    for (const disk of disks) shelf.change(volumes, disk.id, { status: "backing-up" });
    return backup;
}

/** Begins a backup that nobody waits for: its snapshots are taken by themselves. */
export function beginOwnBackup(sim: Simulation, shelf: Shelf, server: Server, request: BackupRequest): Backup {
    const backup = beginBackup(sim, shelf, server, request);
    sim.schedule(snapshotsJob, shelf.scope, durationOf(sim, "backupSnapshots"), { backupId: backup.id });
    return backup;
}

function releaseDisks(shelf: Shelf, backup: Backup): void {
    for (const { volumeId } of backup.disks) {
        const volume = shelf.get(volumes, volumeId);
        if (volume?.status !== "backing-up") continue;
        shelf.change(volumes, volumeId, { status: volume.attachment ? "in-use" : "available" });
    }
}

/** From now on an image can be made, for the same availability zone; the upload goes on. */
export function snapshotsTaken(sim: Simulation, shelf: Shelf, backupId: string): void {
    const backup = shelf.get(backups, backupId);
    if (!backup) return;
    releaseDisks(shelf, backup);
    shelf.change(backups, backupId, { restoreMode: "snapshot", updatedAt: sim.clock.now() });
    sim.schedule(uploadJob, shelf.scope, durationOf(sim, "backupUpload"), { backupId });
}

/** A failed backup stays, with status error, until somebody deletes it. */
export function failBackup(sim: Simulation, shelf: Shelf, backupId: string): void {
    const backup = shelf.get(backups, backupId);
    if (!backup) return;
    releaseDisks(shelf, backup);
    leave(shelf, backup.server.id, backupId);
    shelf.change(backups, backupId, { status: "error", restoreMode: "na", updatedAt: sim.clock.now() });
}

/** Deletes a backup, some time later. */
export function beginBackupDeletion(sim: Simulation, shelf: Shelf, backupId: string): void {
    shelf.change(backups, backupId, { status: "deleting", updatedAt: sim.clock.now() });
    sim.schedule(deletionJob, shelf.scope, durationOf(sim, "backupDelete"), { backupId });
}
