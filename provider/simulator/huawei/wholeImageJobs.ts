import { kind } from "../core/kinds";
import type { Shelf } from "../core/objects";
import type { Simulation } from "../core/simulation";
import { disksOf, totalSizeGiB } from "./attachments";
import { beginBackup, failBackup, snapshotsTaken } from "./backups";
import { type DurationName, durationOf } from "./durations";
import type { ImageDraft } from "./imageRequests";
import { imageSourceRules } from "./imageRules";
import { failJob, finishJob, runJob } from "./jobs";
import { type Backup, backups, type Image, images, type ServerStatus, servers, vaults } from "./objects";
import { isPowerChangeFatal } from "./powerDuringImage";
import type { Rule } from "./rules";
import { usedGiB } from "./vaultUse";

interface FromBackup {
    readonly jobId: string;
    readonly imageId: string;
    readonly backupId: string;
    readonly draft: ImageDraft;
}

interface FromServer extends FromBackup {
    readonly serverId: string;
    readonly vaultId: string | null;
    readonly service: "cbr" | "csbs";
    readonly statusAtBegin: ServerStatus;
}

/** The backup begins, the image is queued. */
export const fromServerBegin = kind<FromServer>("huawei.wholeImage.begin");
/** The image is being written. */
const fromServerSave = kind<FromServer>("huawei.wholeImage.save");
/** The snapshots are taken: the image can be used in the availability zone of its server. */
const fromServerActivate = kind<FromServer>("huawei.wholeImage.activate");
const fromServerFinish = kind<FromServer>("huawei.wholeImage.finish");
export const fromBackupBegin = kind<FromBackup>("huawei.imageFromBackup.begin");
const fromBackupFinish = kind<FromBackup>("huawei.imageFromBackup.finish");

export function declareWholeImageJobs(sim: Simulation): void {
    const between = (from: DurationName, to: DurationName) => durationOf(sim, to) - durationOf(sim, from);

    sim.onJob(fromServerBegin, ({ sim, shelf, body, failure }) => {
        const problem = failure ?? problemAtBegin(shelf, body);
        if (problem !== undefined) return failJob(sim, shelf, body.jobId, problem);
        const server = shelf.get(servers, body.serverId);
        if (!server) return failJob(sim, shelf, body.jobId, imageSourceRules.serverMissing);
        const backup = beginBackup(sim, shelf, server, {
            id: body.backupId,
            service: body.service,
            vaultId: body.vaultId,
            // The name by which backups that IMS made can be told from others.
            name: `backup_for_image_${body.imageId}`,
            description: "",
        });
        queueImage(sim, shelf, body, backup);
        sim.schedule(fromServerSave, shelf.scope, between("wholeImageBegin", "wholeImageRow"), body);
    });
    sim.onJob(fromServerSave, ({ sim, shelf, body, failure }) => {
        if (failure !== undefined) return fail(sim, shelf, body, failure);
        shelf.change(images, body.imageId, { status: "saving", updatedAt: sim.clock.now() });
        sim.schedule(fromServerActivate, shelf.scope, between("wholeImageRow", "wholeImageActive"), body);
    });
    sim.onJob(fromServerActivate, ({ sim, shelf, body, failure }) => {
        const hasChanged = shelf.get(servers, body.serverId)?.status !== body.statusAtBegin;
        const powerProblem = hasChanged && isPowerChangeFatal(sim) ? imageSourceRules.powerChanged : undefined;
        const problem = failure ?? powerProblem;
        if (problem !== undefined) return fail(sim, shelf, body, problem);
        snapshotsTaken(sim, shelf, body.backupId);
        activate(sim, shelf, body.imageId);
        sim.schedule(fromServerFinish, shelf.scope, between("wholeImageActive", "wholeImageJob"), body);
    });
    sim.onJob(fromServerFinish, ({ sim, shelf, body, failure }) => {
        if (failure === undefined) return finishJob(sim, shelf, body.jobId);
        shelf.change(images, body.imageId, { status: "killed", updatedAt: sim.clock.now() });
        failJob(sim, shelf, body.jobId, failure);
    });
    declareFromBackup(sim, between("imageFromBackupBegin", "imageFromBackupJob"));
}

function declareFromBackup(sim: Simulation, restMs: number): void {
    sim.onJob(fromBackupBegin, ({ sim, shelf, body, failure }) => {
        const backup = shelf.get(backups, body.backupId);
        const isUsable = backup && (backup.status === "available" || backup.restoreMode === "snapshot");
        const problem = failure ?? (isUsable ? undefined : imageSourceRules.backupUnavailable);
        if (problem !== undefined || !backup) {
            return failJob(sim, shelf, body.jobId, problem ?? imageSourceRules.backupMissing);
        }
        queueImage(sim, shelf, body, backup);
        shelf.change(images, body.imageId, { status: "saving" });
        sim.schedule(fromBackupFinish, shelf.scope, restMs, body);
    });
    sim.onJob(fromBackupFinish, ({ sim, shelf, body, failure }) => {
        if (failure === undefined) {
            activate(sim, shelf, body.imageId);
            return finishJob(sim, shelf, body.jobId);
        }
        shelf.change(images, body.imageId, { status: "killed", updatedAt: sim.clock.now() });
        failJob(sim, shelf, body.jobId, failure);
    });
}

/** What has changed since the request was accepted. */
function problemAtBegin(shelf: Shelf, body: FromServer): Rule | undefined {
    if (!shelf.get(servers, body.serverId)) return imageSourceRules.serverMissing;
    if (body.vaultId === null) return undefined;
    const vault = shelf.get(vaults, body.vaultId);
    if (!vault) return imageSourceRules.vaultMissing;
    const needed = totalSizeGiB(disksOf(shelf, body.serverId));
    return usedGiB(shelf, vault.id) + needed > vault.sizeGiB ? imageSourceRules.vaultCapacity : undefined;
}

/** After a failure the image row stays as `killed` and the backup as `error`: both are the user's to delete. */
function fail(sim: Simulation, shelf: Shelf, body: FromServer, problem: string | Rule): void {
    failBackup(sim, shelf, body.backupId);
    shelf.change(images, body.imageId, { status: "killed", updatedAt: sim.clock.now() });
    failJob(sim, shelf, body.jobId, problem);
}

function queueImage(sim: Simulation, shelf: Shelf, body: FromBackup, backup: Backup): void {
    const now = sim.clock.now();
    const systemDiskGiB = backup.disks.find((disk) => disk.bootable)?.sizeGiB ?? 0;
    const image: Image = {
        ...body.draft,
        id: body.imageId,
        projectId: backup.projectId,
        status: "queued",
        isWhole: true,
        backupId: backup.id,
        backupService: backup.service,
        dataOrigin: `server_backup,${backup.id}`,
        originalImageId: backup.sourceImageId,
        os: backup.os,
        guest: backup.guest,
        // Data disks are not in the image document: they are in the backup (reference section 3).
        minDiskGiB: systemDiskGiB,
        sizeBytes: usedBytes(systemDiskGiB),
        isProtected: false,
        createdAt: now,
        updatedAt: now,
        activeAt: null,
        jobId: body.jobId,
    };
    shelf.put(images, image.id, image);
    runJob(shelf, body.jobId, { image_id: image.id });
}

export function activate(sim: Simulation, shelf: Shelf, imageId: string): void {
    const now = sim.clock.now();
    shelf.change(images, imageId, { status: "active", activeAt: now, updatedAt: now });
}

/** A tenth of a system disk is taken to be in use. */
export const usedBytes = (systemDiskGiB: number): number => Math.round((systemDiskGiB * 1024 ** 3) / 10);
