import { z } from "zod";
import { durationOf } from "../durations";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { isOccupied } from "../jobs/occupation";
import { backups, isRestorable, systemDiskOf } from "../models/backup";
import { disksOf, totalSizeGiB } from "../models/disks";
import { type Server, servers } from "../models/server";
import { vaults } from "../models/vault";
import { takesServerBackups, usedGiB, vaultOf } from "../models/vaultUse";
import { isDedicated } from "../models/volume";
import { profileOf } from "../profile";
import { refuse } from "../rules";
import { orderImage } from "./imageLife";
import { draftOf, type ImageDraft, imageRequest } from "./imageRequests";
import { imageRequestRules, imageSourceRules as rules } from "./imageRules";
import { ims } from "./service";
import { fromBackupBegin, fromServerBegin } from "./wholeImageJobs";

const request = imageRequest.extend({
    instance_id: z.string().optional(),
    backup_id: z.string().optional(),
    whole_image_type: z.enum(["CBR", "CSBS"]).default("CSBS"),
    vault_id: z.string().optional(),
});

function createWholeImage(operation: Operation): Reply {
    if (operation.request.body.length === 0) throw refuse(imageRequestRules.emptyBody);
    const { instance_id, backup_id, whole_image_type, vault_id, ...rest } = operation.body(request);
    operation.names(...[instance_id, backup_id, vault_id].flatMap((id) => id ?? []));
    const draft = draftOf(operation, rest);
    if (backup_id) return fromBackup(operation, draft, backup_id, whole_image_type);
    if (!instance_id) throw refuse(rules.serverIdMissing);
    return fromServer(operation, draft, instance_id, vault_id);
}

/**
 * The server must be running or stopped, without another task, and not being backed up
 * (docs/reference/full-ecs-images.md#source-servers).
 */
function checkServer({ sim, store }: Operation, id: string): Server {
    const server = store.get(servers, id);
    if (!server) throw refuse(rules.serverMissing, id);
    if (server.status !== "ACTIVE" && server.status !== "SHUTOFF") {
        throw refuse(rules.serverState, `(${id}: ${server.status})`);
    }
    if (server.taskState !== null || isOccupied(store, id, "ecs")) throw refuse(rules.serverBusy, id);
    if (isOccupied(store, id)) throw refuse(rules.serverBackedUp, id);
    if (disksOf(store, id)[0]?.attachment.bootIndex !== 0) throw refuse(rules.noSystemDisk, id);
    const disks = disksOf(store, id);
    const dedicated = disks.find(isDedicated);
    if (dedicated) throw refuse(rules.dedicatedDisk, dedicated.id);
    if (profileOf(sim) === "csbs" && disks.some(({ multiattach }) => multiattach)) throw refuse(rules.sharedDisk, id);
    return server;
}

/**
 * The vault must be a backup vault for servers with room for all disks, and the only vault of the server
 * (docs/reference/full-ecs-images.md#vaults).
 */
function checkVault({ store }: Operation, vaultId: string | undefined, server: Server): string {
    if (vaultId === undefined || vaultId === "") throw refuse(rules.vaultMissing, "(vault_id is mandatory)");
    const vault = store.get(vaults, vaultId);
    if (!vault) throw refuse(rules.vaultMissing, vaultId);
    if (!takesServerBackups(vault)) throw refuse(rules.vaultType, vaultId);
    if (vault.status !== "available") throw refuse(rules.vaultUnavailable, vaultId);
    const bound = vaultOf(store, server.id);
    if (bound && bound.id !== vaultId) throw refuse(rules.vaultOfAnother, `(${server.id} is in ${bound.id})`);
    const needed = totalSizeGiB(disksOf(store, server.id));
    if (usedGiB(store, vaultId) + needed > vault.sizeGiB) throw refuse(rules.vaultCapacity);
    return vaultId;
}

function fromServer(operation: Operation, draft: ImageDraft, serverId: string, vaultId: string | undefined): Reply {
    const { sim, store, scope } = operation;
    const server = checkServer(operation, serverId);
    const service = profileOf(sim);
    const vault = service === "cbr" ? checkVault(operation, vaultId, server) : null;
    const work = orderImage(sim, store, {
        type: "imsCreateWholeImageByInstanceJob",
        expectedMs: durationOf(sim, "wholeImageJob"),
        entities: { image_name: draft.name },
        subjects: [serverId],
    });
    const backupId = sim.ids.uuid();
    operation.names(work.jobId, work.imageId, backupId);
    sim.schedule(fromServerBegin, scope, durationOf(sim, "wholeImageBegin"), {
        ...work,
        backupId,
        serverId,
        vaultId: vault,
        service,
        statusAtBegin: server.status,
        draft,
    });
    return ok({ job_id: work.jobId });
}

/**
 * The backup must contain the system disk, have complete snapshots, and have no image yet
 * (docs/reference/full-ecs-images.md#backups-as-sources).
 */
function checkBackup({ sim, store }: Operation, id: string, type: "CBR" | "CSBS"): void {
    const backup = store.get(backups, id);
    const isCbr = type === "CBR";
    if (isCbr && profileOf(sim) === "csbs") throw refuse(rules.cbrUnsupported);
    if (!backup) throw refuse(isCbr ? rules.backupMissing : rules.csbsBackupMissing, id);
    if ((backup.service === "cbr") !== isCbr) throw refuse(rules.backupTypeMismatch, id);
    if (!isRestorable(backup)) {
        throw refuse(isCbr ? rules.backupUnavailable : rules.csbsBackupState, `(${id}: ${backup.status})`);
    }
    if (!systemDiskOf(backup)) throw refuse(rules.backupWithoutSystemDisk, id);
    if (backup.imageId !== null || isOccupied(store, id)) {
        throw refuse(isCbr ? rules.backupHasImage : rules.csbsBackupHasImage, id);
    }
}

function fromBackup(operation: Operation, draft: ImageDraft, backupId: string, type: "CBR" | "CSBS"): Reply {
    const { sim, store, scope } = operation;
    checkBackup(operation, backupId, type);
    const work = orderImage(sim, store, {
        type: "imsCreateWholeImageByBackupJob",
        expectedMs: durationOf(sim, "imageFromBackupJob"),
        entities: { image_name: draft.name },
        subjects: [backupId],
    });
    operation.names(work.jobId, work.imageId);
    sim.schedule(fromBackupBegin, scope, durationOf(sim, "imageFromBackupBegin"), {
        ...work,
        backupId,
        draft,
    });
    return ok({ job_id: work.jobId });
}

export const wholeImageRoutes: readonly Route[] = [
    {
        method: "POST",
        path: "/v1/cloudimages/wholeimages/action",
        service: ims,
        operation: "CreateWholeImage",
        handler: createWholeImage,
    },
];
