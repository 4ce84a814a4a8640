import { kind } from "../../core/kinds";
import type { Shelf } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import { beginBackup, failBackup, snapshotsTaken } from "../backups/backups";
import { type DurationName, durationOf } from "../durations";
import { type Backup, backups, isRestorable, systemDiskOf } from "../holdings/backup";
import { disksOf, totalSizeGiB } from "../holdings/disks";
import { images } from "../holdings/image";
import { type ServerStatus, servers } from "../holdings/server";
import { vaults } from "../holdings/vault";
import { usedGiB } from "../holdings/vaultUse";
import { type Problem, runJob } from "../jobs/jobs";
import { isPowerChangeFatal } from "../powerDuringImage";
import { activate, endImage, type ImageWork, usedBytes } from "./imageLife";
import type { ImageDraft } from "./imageRequests";
import { imageSourceRules } from "./imageRules";

interface FromBackup extends ImageWork {
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
        const server = shelf.get(servers, body.serverId);
        const problem = failure ?? serverGone(shelf, body) ?? vaultProblem(shelf, body);
        if (problem !== undefined || !server) return endImage(sim, shelf, body, problem);
        const backup = beginBackup(sim, shelf, server, {
            id: body.backupId,
            checkpointId: sim.ids.uuid(),
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
        const problem = failure ?? serverGone(shelf, body);
        if (problem !== undefined) return fail(sim, shelf, body, problem);
        shelf.change(images, body.imageId, { status: "saving", updatedAt: sim.clock.now() });
        sim.schedule(fromServerActivate, shelf.scope, between("wholeImageRow", "wholeImageActive"), body);
    });
    sim.onJob(fromServerActivate, ({ sim, shelf, body, failure }) => {
        const hasChanged = shelf.get(servers, body.serverId)?.status !== body.statusAtBegin;
        const powerProblem = hasChanged && isPowerChangeFatal(sim) ? imageSourceRules.powerChanged : undefined;
        const problem = failure ?? serverGone(shelf, body) ?? powerProblem;
        if (problem !== undefined) return fail(sim, shelf, body, problem);
        snapshotsTaken(sim, shelf, body.backupId);
        activate(sim, shelf, body.imageId);
        sim.schedule(fromServerFinish, shelf.scope, between("wholeImageActive", "wholeImageJob"), body);
    });
    sim.onJob(fromServerFinish, ({ sim, shelf, body, failure }) => endImage(sim, shelf, body, failure));
    declareFromBackup(sim, between("imageFromBackupBegin", "imageFromBackupJob"));
}

function declareFromBackup(sim: Simulation, restMs: number): void {
    sim.onJob(fromBackupBegin, ({ sim, shelf, body, failure }) => {
        const backup = shelf.get(backups, body.backupId);
        if (failure !== undefined || !backup) {
            return endImage(sim, shelf, body, failure ?? imageSourceRules.backupMissing);
        }
        if (!isRestorable(backup)) return endImage(sim, shelf, body, imageSourceRules.backupUnavailable);
        queueImage(sim, shelf, body, backup);
        shelf.change(images, body.imageId, { status: "saving" });
        sim.schedule(fromBackupFinish, shelf.scope, restMs, body);
    });
    sim.onJob(fromBackupFinish, ({ sim, shelf, body, failure }) => endImage(sim, shelf, body, failure));
}

function serverGone(shelf: Shelf, { serverId }: FromServer): Problem | undefined {
    return shelf.get(servers, serverId) ? undefined : imageSourceRules.serverMissing;
}

/** What has changed since the request was accepted. */
function vaultProblem(shelf: Shelf, { serverId, vaultId }: FromServer): Problem | undefined {
    if (vaultId === null) return undefined;
    const vault = shelf.get(vaults, vaultId);
    if (!vault) return imageSourceRules.vaultMissing;
    const needed = totalSizeGiB(disksOf(shelf, serverId));
    return usedGiB(shelf, vault.id) + needed > vault.sizeGiB ? imageSourceRules.vaultCapacity : undefined;
}

/** After a failure the backup stays as `error`, like the image as `killed`: both are the user's to delete. */
function fail(sim: Simulation, shelf: Shelf, body: FromServer, problem: Problem): void {
    failBackup(sim, shelf, body.backupId);
    endImage(sim, shelf, body, problem);
}

function queueImage(sim: Simulation, shelf: Shelf, { draft, imageId, jobId }: FromBackup, backup: Backup): void {
    const now = sim.clock.now();
    const systemDiskGiB = systemDiskOf(backup)?.sizeGiB ?? 0;
    shelf.put(images, imageId, {
        ...draft,
        id: imageId,
        projectId: backup.projectId,
        status: "queued",
        isWhole: true,
        backupId: backup.id,
        backupService: backup.service,
        dataOrigin: `server_backup,${backup.id}`,
        originalImageId: backup.sourceImageId,
        os: backup.os,
        guest: backup.guest,
        // Data disks are not in the image document: they are in the backup (docs/reference/ims.md#image-fields).
        systemDiskGiB,
        minDiskGiB: systemDiskGiB,
        sizeBytes: usedBytes(systemDiskGiB),
        isProtected: false,
        createdAt: now,
        updatedAt: now,
        activeAt: null,
        jobId,
        sharedWith: [],
    });
    shelf.change(backups, backup.id, { imageId });
    runJob(shelf, jobId, { image_id: imageId });
}
