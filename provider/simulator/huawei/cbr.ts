import { z } from "zod";
import { disksOf, totalSizeGiB } from "./attachments";
import { cbrDocument } from "./backupDocuments";
import { cbrRules } from "./backupRules";
import { backupsInProgress, beginBackup, beginBackupDeletion, imagesFrom, snapshotsJob } from "./backups";
import { durationOf } from "./durations";
import { runningOn } from "./jobs";
import { type Backup, backups, type Server, servers, type Vault, vaults } from "./objects";
import { noContentReply, type Operation, ok, type Reply, type Route } from "./operation";
import { profileOf } from "./profile";
import { refuse } from "./rules";
import { withOffset } from "./times";
import { boundServers, usedGiB } from "./vaultUse";

const checkpointRequest = z.object({
    checkpoint: z.object({
        vault_id: z.string(),
        parameters: z
            .object({
                name: z.string().optional(),
                description: z.string().optional(),
                resources: z.array(z.string()).optional(),
                resource_details: z.array(z.object({ id: z.string() })).optional(),
            })
            .default({}),
    }),
});

function ownBackup({ shelf }: Operation, id: string): Backup {
    const backup = shelf.get(backups, id);
    if (backup?.service !== "cbr") throw refuse(cbrRules.backupMissing, id);
    return backup;
}

/** Query parameters that must equal an attribute of the backup. */
const filters = [
    "vault_id",
    "resource_id",
    "resource_name",
    "resource_type",
    "resource_az",
    "checkpoint_id",
    "status",
    "name",
    "image_type",
];

function listBackups({ shelf, query }: Operation): Reply {
    const found = shelf
        .list(backups)
        .filter(({ value }) => value.service === "cbr")
        .map(({ value }) => cbrDocument(shelf, value))
        .filter((document) =>
            filters.every((name) => query.get(name) === null || String(document[name]) === query.get(name)),
        )
        .reverse();
    const offset = Number(query.get("offset") ?? 0) || 0;
    const limit = Number(query.get("limit") ?? 1000) || 1000;
    return ok({ backups: found.slice(offset, offset + limit), count: found.length, offset, limit });
}

function deleteBackup(operation: Operation): Reply {
    const { sim, shelf } = operation;
    const backup = ownBackup(operation, operation.param("backup_id"));
    if (backup.status === "deleting") return noContentReply;
    if (backup.status === "protecting") throw refuse(cbrRules.performingBackup);
    const isUsed = imagesFrom(shelf, backup.id).length > 0 || runningOn(shelf, backup.id).length > 0;
    if (isUsed) throw refuse(cbrRules.usedByImage, backup.id);
    beginBackupDeletion(sim, shelf, backup.id);
    return noContentReply;
}

function checkVaultForBackup({ sim, shelf }: Operation, vaultId: string): Vault {
    if (profileOf(sim) === "csbs") throw refuse(cbrRules.notInThisProfile);
    const vault = shelf.get(vaults, vaultId);
    if (!vault) throw refuse(cbrRules.vaultMissing, vaultId);
    if (vault.protectType !== "backup" || vault.objectType !== "server")
        throw refuse(cbrRules.notABackupVault, vaultId);
    if (vault.status !== "available") throw refuse(cbrRules.vaultStatus, vaultId);
    return vault;
}

function checkServer({ shelf }: Operation, vault: Vault, serverId: string): Server {
    const server = shelf.get(servers, serverId);
    if (!server) throw refuse(cbrRules.serverMissing, serverId);
    if (!boundServers(shelf, vault).includes(serverId)) throw refuse(cbrRules.notInVault, serverId);
    if (server.status !== "ACTIVE" && server.status !== "SHUTOFF") throw refuse(cbrRules.serverState, server.status);
    const isBusy = runningOn(shelf, serverId).length > 0 || backupsInProgress(shelf, serverId).length > 0;
    if (isBusy) throw refuse(cbrRules.inProgress, serverId);
    return server;
}

function createCheckpoint(operation: Operation): Reply {
    const { sim, shelf, scope } = operation;
    const { vault_id: vaultId, parameters } = operation.body(checkpointRequest).checkpoint;
    const vault = checkVaultForBackup(operation, vaultId);
    const serverIds = parameters.resources ?? parameters.resource_details?.map(({ id }) => id) ?? vault.serverIds;
    if (serverIds.length === 0) throw refuse(cbrRules.notInVault);
    operation.names(vaultId, ...serverIds);
    const checkpointId = sim.ids.uuid();
    const chosen = serverIds.map((serverId) => checkServer(operation, vault, serverId));
    const needed = totalSizeGiB(chosen.flatMap((server) => disksOf(shelf, server.id)));
    if (usedGiB(shelf, vaultId) + needed > vault.sizeGiB) throw refuse(cbrRules.vaultCapacity);
    for (const server of chosen) {
        const backup = beginBackup(sim, shelf, server, {
            id: sim.ids.uuid(),
            service: "cbr",
            vaultId,
            name: parameters.name ?? `manualbk_${checkpointId.slice(0, 4)}_${server.name}`,
            description: parameters.description ?? "",
        });
        shelf.change(backups, backup.id, { checkpointId });
        operation.names(backup.id);
        sim.schedule(snapshotsJob, scope, durationOf(sim, "backupSnapshots"), { backupId: backup.id });
    }
    return ok({ checkpoint: checkpointDocument(operation, vault, checkpointId, chosen) });
}

function checkpointDocument(operation: Operation, vault: Vault, id: string, resources: readonly Server[]) {
    return {
        id,
        project_id: operation.project.id,
        status: "protecting",
        created_at: withOffset(operation.now),
        vault: {
            id: vault.id,
            name: vault.name,
            resources: resources.map((server) => ({
                id: server.id,
                name: server.name,
                type: "OS::Nova::Server",
                protect_status: "protecting",
                resource_size: String(totalSizeGiB(disksOf(operation.shelf, server.id))),
                extra_info: "{}",
            })),
            skipped_resources: [],
        },
        extra_info: { name: "", description: "", retention_duration: -1 },
    };
}

function showCheckpoint(operation: Operation): Reply {
    const { shelf } = operation;
    const id = operation.param("checkpoint_id");
    const made = shelf
        .list(backups)
        .map(({ value }) => value)
        .filter((backup) => backup.service === "cbr" && backup.checkpointId === id);
    const vault = shelf.get(vaults, made[0]?.vaultId ?? "");
    const [first] = made;
    if (!vault || !first) throw refuse(cbrRules.checkpointMissing, id);
    const resources = made.flatMap((backup) => shelf.get(servers, backup.server.id) ?? []);
    const document = checkpointDocument(operation, vault, id, resources);
    return ok({ checkpoint: { ...document, status: first.status, created_at: withOffset(first.createdAt) } });
}

export const cbrRoutes: readonly Route[] = [
    {
        method: "GET",
        path: "/v3/{project_id}/backups",
        service: "cbr",
        operation: "ListBackups",
        isRead: true,
        handler: listBackups,
    },
    {
        method: "GET",
        path: "/v3/{project_id}/backups/{backup_id}",
        service: "cbr",
        operation: "ShowBackup",
        isRead: true,
        handler: (operation) =>
            ok({ backup: cbrDocument(operation.shelf, ownBackup(operation, operation.param("backup_id"))) }),
    },
    {
        method: "DELETE",
        path: "/v3/{project_id}/backups/{backup_id}",
        service: "cbr",
        operation: "DeleteBackup",
        handler: deleteBackup,
    },
    {
        method: "POST",
        path: "/v3/{project_id}/checkpoints",
        service: "cbr",
        operation: "CreateCheckpoint",
        handler: createCheckpoint,
    },
    {
        method: "GET",
        path: "/v3/{project_id}/checkpoints/{checkpoint_id}",
        service: "cbr",
        operation: "ShowCheckpoint",
        isRead: true,
        handler: showCheckpoint,
    },
];
