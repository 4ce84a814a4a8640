import { kind } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import { beginBackup, failBackup, snapshotsTaken } from "../backups/backups";
import { type DurationName, durationOf } from "../durations";
import { type Problem, runJob } from "../jobs/jobs";
import { type Backup, backups, isRestorable, systemDiskOf } from "../models/backup";
import { disksOf, totalSizeGiB } from "../models/disks";
import { images } from "../models/image";
import { type ServerStatus, servers } from "../models/server";
import { vaults } from "../models/vault";
import { usedGiB } from "../models/vaultUse";
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

/** The backup begins, and the image is queued. */
export const fromServerBegin = kind<FromServer>("huawei.wholeImage.begin");
/** The image is being saved. */
const fromServerSave = kind<FromServer>("huawei.wholeImage.save");
/** The snapshots are complete: the image can be used in the availability zone of its server. */
const fromServerActivate = kind<FromServer>("huawei.wholeImage.activate");
const fromServerFinish = kind<FromServer>("huawei.wholeImage.finish");
export const fromBackupBegin = kind<FromBackup>("huawei.imageFromBackup.begin");
const fromBackupFinish = kind<FromBackup>("huawei.imageFromBackup.finish");

export function declareWholeImageJobs(sim: Simulation): void {
    const between = (from: DurationName, to: DurationName) => durationOf(sim, to) - durationOf(sim, from);

    sim.onJob(fromServerBegin, ({ sim, store, body, failure }) => {
        const server = store.get(servers, body.serverId);
        const problem = failure ?? serverGone(store, body) ?? vaultProblem(store, body);
        if (problem !== undefined || !server) return endImage(sim, store, body, problem);
        const backup = beginBackup(sim, store, server, {
            id: body.backupId,
            checkpointId: sim.ids.uuid(),
            service: body.service,
            vaultId: body.vaultId,
            // The name that distinguishes backups of IMS from other backups.
            name: `backup_for_image_${body.imageId}`,
            description: "",
        });
        queueImage(sim, store, body, backup);
        sim.schedule(fromServerSave, store.scope, between("wholeImageBegin", "wholeImageRow"), body);
    });
    sim.onJob(fromServerSave, ({ sim, store, body, failure }) => {
        const problem = failure ?? serverGone(store, body);
        if (problem !== undefined) return fail(sim, store, body, problem);
        store.change(images, body.imageId, { status: "saving", updatedAt: sim.clock.now() });
        sim.schedule(fromServerActivate, store.scope, between("wholeImageRow", "wholeImageActive"), body);
    });
    sim.onJob(fromServerActivate, ({ sim, store, body, failure }) => {
        const hasChanged = store.get(servers, body.serverId)?.status !== body.statusAtBegin;
        const powerProblem = hasChanged && isPowerChangeFatal(sim) ? imageSourceRules.powerChanged : undefined;
        const problem = failure ?? serverGone(store, body) ?? powerProblem;
        if (problem !== undefined) return fail(sim, store, body, problem);
        snapshotsTaken(sim, store, body.backupId);
        activate(sim, store, body.imageId);
        sim.schedule(fromServerFinish, store.scope, between("wholeImageActive", "wholeImageJob"), body);
    });
    sim.onJob(fromServerFinish, ({ sim, store, body, failure }) => endImage(sim, store, body, failure));
    declareFromBackup(sim, between("imageFromBackupBegin", "imageFromBackupJob"));
}

function declareFromBackup(sim: Simulation, restMs: number): void {
    sim.onJob(fromBackupBegin, ({ sim, store, body, failure }) => {
        const backup = store.get(backups, body.backupId);
        if (failure !== undefined || !backup) {
            return endImage(sim, store, body, failure ?? imageSourceRules.backupMissing);
        }
        if (!isRestorable(backup)) return endImage(sim, store, body, imageSourceRules.backupUnavailable);
        queueImage(sim, store, body, backup);
        store.change(images, body.imageId, { status: "saving" });
        sim.schedule(fromBackupFinish, store.scope, restMs, body);
    });
    sim.onJob(fromBackupFinish, ({ sim, store, body, failure }) => endImage(sim, store, body, failure));
}

function serverGone(store: RegionStore, { serverId }: FromServer): Problem | undefined {
    return store.get(servers, serverId) ? undefined : imageSourceRules.serverMissing;
}

/** Checks again what can have changed since the request was accepted. */
function vaultProblem(store: RegionStore, { serverId, vaultId }: FromServer): Problem | undefined {
    if (vaultId === null) return undefined;
    const vault = store.get(vaults, vaultId);
    if (!vault) return imageSourceRules.vaultMissing;
    const needed = totalSizeGiB(disksOf(store, serverId));
    return usedGiB(store, vault.id) + needed > vault.sizeGiB ? imageSourceRules.vaultCapacity : undefined;
}

/**
 * After a failure, the backup stays with status `error` and the image with status `killed`. The user must delete both.
 */
function fail(sim: Simulation, store: RegionStore, body: FromServer, problem: Problem): void {
    failBackup(sim, store, body.backupId);
    endImage(sim, store, body, problem);
}

function queueImage(sim: Simulation, store: RegionStore, { draft, imageId, jobId }: FromBackup, backup: Backup): void {
    const now = sim.clock.now();
    const systemDiskGiB = systemDiskOf(backup)?.sizeGiB ?? 0;
    store.put(images, imageId, {
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
        // The data disks are in the backup, not in the image document (docs/reference/ims.md#image-fields).
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
    store.change(backups, backup.id, { imageId });
    runJob(store, jobId, { image_id: imageId });
}
