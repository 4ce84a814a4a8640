import { kind } from "../core/kinds";
import type { Shelf } from "../core/objects";
import type { Simulation } from "../core/simulation";
import { disksOf } from "./attachments";
import { durationOf } from "./durations";
import { type Backup, backups, type Image, images, type Server, volumes } from "./objects";

/** Snapshots of a backup that no image waits for are taken. */
export const snapshotsJob = kind<{ backupId: string }>("huawei.backup.snapshots");
/** The data of a backup is uploaded: it can be restored in the whole region. */
export const uploadJob = kind<{ backupId: string }>("huawei.backup.upload");
const deletionJob = kind<{ backupId: string }>("huawei.backup.delete");

export function declareBackupJobs(sim: Simulation): void {
    sim.onJob(snapshotsJob, ({ sim, shelf, body, failure }) => {
        if (failure === undefined) snapshotsTaken(sim, shelf, body.backupId);
        else failBackup(sim, shelf, body.backupId);
    });
    sim.onJob(uploadJob, ({ sim, shelf, body, failure }) => {
        if (failure !== undefined) return failBackup(sim, shelf, body.backupId);
        shelf.change(backups, body.backupId, {
            status: "available",
            restoreMode: "backup",
            updatedAt: sim.clock.now(),
        });
    });
    sim.onJob(deletionJob, ({ sim, shelf, body, failure }) => {
        if (failure === undefined) shelf.delete(backups, body.backupId);
        else shelf.change(backups, body.backupId, { status: "error", updatedAt: sim.clock.now() });
    });
}

export interface BackupRequest {
    readonly id: string;
    readonly service: "cbr" | "csbs";
    readonly vaultId: string | null;
    readonly name: string;
    readonly description: string;
}

/** Begins a backup of a server with all its disks, which are `backing-up` until the snapshots are taken. */
export function beginBackup(sim: Simulation, shelf: Shelf, server: Server, request: BackupRequest): Backup {
    const disks = disksOf(shelf, server.id);
    const now = sim.clock.now();
    const backup: Backup = {
        ...request,
        checkpointId: sim.ids.uuid(),
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
    };
    shelf.put(backups, backup.id, backup);
    for (const disk of disks) shelf.change(volumes, disk.id, { status: "backing-up" });
    return backup;
}

function release(shelf: Shelf, backup: Backup): void {
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
    release(shelf, backup);
    shelf.change(backups, backupId, { restoreMode: "snapshot", updatedAt: sim.clock.now() });
    const { account, region } = shelf.scope;
    sim.schedule(uploadJob, { cloud: "huawei", account, region }, durationOf(sim, "backupUpload"), { backupId });
}

/** A failed backup stays, with status error, until somebody deletes it. */
export function failBackup(sim: Simulation, shelf: Shelf, backupId: string): void {
    const backup = shelf.get(backups, backupId);
    if (!backup) return;
    release(shelf, backup);
    shelf.change(backups, backupId, { status: "error", restoreMode: "na", updatedAt: sim.clock.now() });
}

/** Deletes a backup, some time later. */
export function beginBackupDeletion(sim: Simulation, shelf: Shelf, backupId: string): void {
    shelf.change(backups, backupId, { status: "deleting", updatedAt: sim.clock.now() });
    sim.schedule(deletionJob, shelf.scope, durationOf(sim, "backupDelete"), { backupId });
}

/** The images registered from a backup: at most one (R12). */
export function imagesFrom(shelf: Shelf, backupId: string): Image[] {
    return shelf
        .list(images)
        .map(({ value }) => value)
        .filter((image) => image.backupId === backupId);
}

/** The backups of a server that are still being made. */
export function backupsInProgress(shelf: Shelf, serverId: string): Backup[] {
    return shelf
        .list(backups)
        .map(({ value }) => value)
        .filter((backup) => backup.server.id === serverId && backup.status === "protecting");
}
