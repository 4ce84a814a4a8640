import { z } from "zod";
import { disksOf } from "./attachments";
import { csbsDocument, csbsProvider } from "./backupDocuments";
import { csbsRules } from "./backupRules";
import { backupsInProgress, beginBackup, beginBackupDeletion, imagesFrom, snapshotsJob } from "./backups";
import { durationOf } from "./durations";
import { runningOn } from "./jobs";
import { type Backup, backups, servers } from "./objects";
import { type Operation, ok, type Reply, type Route } from "./operation";
import { profileOf } from "./profile";
import { type Rule, refuse } from "./rules";
import { inMicroseconds } from "./times";

const protect = z.object({
    protect: z.object({ backup_name: z.string().optional(), description: z.string().optional() }),
});
const protectable = z.object({ check_protectable: z.array(z.object({ resource_id: z.string() })) });

function checkProvider(operation: Operation): void {
    if (operation.param("provider_id") !== csbsProvider) throw refuse(csbsRules.providerInvalid);
}

/** Why a server cannot be backed up now, or undefined. */
function obstacle({ shelf }: Operation, serverId: string): Rule | undefined {
    const server = shelf.get(servers, serverId);
    if (!server) return csbsRules.serverMissing;
    if (server.status !== "ACTIVE" && server.status !== "SHUTOFF") return csbsRules.serverState;
    const isBusy = runningOn(shelf, serverId).length > 0 || backupsInProgress(shelf, serverId).length > 0;
    if (server.taskState !== null || isBusy) return csbsRules.inService;
    return disksOf(shelf, serverId).length === 0 ? csbsRules.noVolume : undefined;
}

function checkProtectable(operation: Operation): Reply {
    checkProvider(operation);
    const asked = operation.body(protectable).check_protectable;
    return ok({
        protectable: asked.map(({ resource_id }) => {
            const rule = obstacle(operation, resource_id);
            return {
                result: rule === undefined,
                resource_id,
                ...(rule ? { error_code: rule.code, error_msg: rule.message } : {}),
            };
        }),
    });
}

function createBackup(operation: Operation): Reply {
    const { sim, shelf, scope } = operation;
    checkProvider(operation);
    const { backup_name, description } = operation.body(protect).protect;
    if (profileOf(sim) === "cbr") throw refuse(csbsRules.closedForNew);
    const serverId = operation.param("server_id");
    const rule = obstacle(operation, serverId);
    const server = shelf.get(servers, serverId);
    if (rule || !server) throw refuse(rule ?? csbsRules.serverMissing, serverId);
    const id = sim.ids.uuid();
    const backup = beginBackup(sim, shelf, server, {
        id,
        service: "csbs",
        vaultId: null,
        name: backup_name ?? `manualbk_${id.slice(0, 4)}`,
        description: description ?? "",
    });
    operation.names(id, backup.checkpointId);
    sim.schedule(snapshotsJob, scope, durationOf(sim, "backupSnapshots"), { backupId: id });
    return ok({
        checkpoint: {
            id: backup.checkpointId,
            status: "protecting",
            created_at: inMicroseconds(backup.createdAt),
            resource_graph: null,
            project_id: backup.projectId,
            protection_plan: {
                id: `fake_${serverId}`,
                name: `server protect plan for ${serverId}`,
                resources: [{ id: serverId, type: "OS::Nova::Server", name: server.name, extra_info: "{}" }],
            },
        },
    });
}

const csbsBackups = ({ shelf }: Operation): Backup[] =>
    shelf.list(backups).flatMap(({ value }) => (value.service === "csbs" ? [value] : []));

const filters = ["checkpoint_id", "resource_id", "status", "name"];

function listItems(operation: Operation): Reply {
    const { query, shelf } = operation;
    const found = csbsBackups(operation)
        .map((backup) => csbsDocument(shelf, backup))
        .filter((document) => filters.every((name) => query.get(name) === null || document[name] === query.get(name)));
    return ok({ checkpoint_items: found.reverse(), checkpoint_items_links: [] });
}

function showItem(operation: Operation): Reply {
    const id = operation.param("checkpoint_item_id");
    const backup = csbsBackups(operation).find((one) => one.id === id);
    if (!backup) throw refuse(csbsRules.itemMissing, id);
    return ok({ checkpoint_item: csbsDocument(operation.shelf, backup) });
}

function deleteCheckpoint(operation: Operation): Reply {
    const { sim, shelf } = operation;
    checkProvider(operation);
    const checkpointId = operation.param("checkpoint_id");
    const backup = csbsBackups(operation).find((one) => one.checkpointId === checkpointId);
    if (!backup) throw refuse(csbsRules.itemMissing, checkpointId);
    operation.names(backup.id);
    if (backup.status === "protecting" || runningOn(shelf, backup.id).length > 0) throw refuse(csbsRules.itemExecuting);
    if (imagesFrom(shelf, backup.id).length > 0) throw refuse(csbsRules.usedByImage, backup.id);
    if (backup.status !== "deleting") beginBackupDeletion(sim, shelf, backup.id);
    return ok({});
}

const provider = "/v1/{project_id}/providers/{provider_id}";

export const csbsRoutes: readonly Route[] = [
    {
        method: "POST",
        path: `${provider}/resources/action`,
        service: "csbs",
        operation: "CheckProtectable",
        isRead: true,
        handler: checkProtectable,
    },
    {
        method: "POST",
        path: `${provider}/resources/{server_id}/action`,
        service: "csbs",
        operation: "CreateBackup",
        handler: createBackup,
    },
    {
        method: "GET",
        path: "/v1/{project_id}/checkpoint_items",
        service: "csbs",
        operation: "ListBackups",
        isRead: true,
        handler: listItems,
    },
    {
        method: "GET",
        path: "/v1/{project_id}/checkpoint_items/{checkpoint_item_id}",
        service: "csbs",
        operation: "ShowBackup",
        isRead: true,
        handler: showItem,
    },
    {
        method: "DELETE",
        path: `${provider}/checkpoints/{checkpoint_id}`,
        service: "csbs",
        operation: "DeleteBackup",
        handler: deleteCheckpoint,
    },
];
