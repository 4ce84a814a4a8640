import { z } from "zod";
import type { ErrorRule } from "../../core/errorRule";
import { reversed, type Sliced } from "../../core/slices";
import { equal, pageOf, select } from "../gateway/filters";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { isOccupied } from "../jobs/occupation";
import { type Backup, backups } from "../models/backup";
import { disksOf } from "../models/disks";
import { type Server, servers } from "../models/server";
import { storedWhere } from "../models/shelved";
import { profileOf } from "../profile";
import { refuse } from "../rules";
import { inMicroseconds } from "../times";
import { csbsRules } from "./backupRules";
import { beginBackupDeletion, beginOwnBackup } from "./backups";
import { csbsDocument } from "./csbsDocument";
import { csbs, csbsProvider } from "./service";

const serverType = "OS::Nova::Server";
const tag = z.object({ key: z.string(), value: z.string().default("") });
const protect = z.object({
    protect: z.object({
        backup_name: z.string().optional(),
        description: z.string().optional(),
        resource_type: z.string().default(serverType),
        tags: z.array(tag).default([]),
    }),
});
const protectable = z.object({
    check_protectable: z.array(z.object({ resource_id: z.string(), resource_type: z.string().default(serverType) })),
});

function checkProvider(operation: Operation): void {
    if (operation.param("provider_id") !== csbsProvider) throw refuse(csbsRules.providerInvalid);
}

/** The error that prevents a backup now, or undefined. */
function backupError({ store }: Operation, id: string, type: string): ErrorRule | undefined {
    if (type !== serverType) return csbsRules.resourceType;
    const server = store.get(servers, id);
    if (!server) return csbsRules.serverMissing;
    if (server.status !== "ACTIVE" && server.status !== "SHUTOFF") return csbsRules.serverState;
    if (server.taskState !== null || isOccupied(store, id)) return csbsRules.inService;
    const disks = disksOf(store, id);
    if (disks.length === 0) return csbsRules.noVolume;
    return disks.some(({ multiattach }) => multiattach) ? csbsRules.shareableVolume : undefined;
}

function checkProtectable(operation: Operation): Reply {
    checkProvider(operation);
    const asked = operation.body(protectable).check_protectable;
    return ok({
        protectable: asked.map(({ resource_id, resource_type }) => {
            const errorRule = backupError(operation, resource_id, resource_type);
            return {
                result: errorRule === undefined,
                resource_id,
                resource_type,
                ...(errorRule ? { error_code: errorRule.code, error_msg: errorRule.message } : {}),
            };
        }),
    });
}

function createBackup(operation: Operation): Reply {
    const { sim, store } = operation;
    checkProvider(operation);
    const { backup_name, description, resource_type, tags } = operation.body(protect).protect;
    if (profileOf(sim) === "cbr") throw refuse(csbsRules.closedForNew);
    const serverId = operation.param("server_id");
    const errorRule = backupError(operation, serverId, resource_type);
    const server = store.get(servers, serverId);
    if (errorRule || !server) throw refuse(errorRule ?? csbsRules.serverMissing, serverId);
    const id = sim.ids.uuid();
    const backup = beginOwnBackup(sim, store, server, {
        id,
        checkpointId: sim.ids.uuid(),
        service: "csbs",
        vaultId: null,
        name: backup_name ?? `manualbk_${id.slice(0, 4)}`,
        description: description ?? "",
        tags,
    });
    operation.names(id, backup.checkpointId);
    return ok({ checkpoint: checkpointDocument(backup, server) });
}

function checkpointDocument(backup: Backup, server: Server): Record<string, unknown> {
    return {
        id: backup.checkpointId,
        status: "protecting",
        created_at: inMicroseconds(backup.createdAt),
        resource_graph: null,
        project_id: backup.projectId,
        protection_plan: {
            id: `fake_${server.id}`,
            name: `server protect plan for ${server.id}`,
            resources: [{ id: server.id, type: serverType, name: server.name, extra_info: "{}" }],
        },
    };
}

const csbsBackups = ({ store }: Operation): Sliced<Backup> => storedWhere(store, backups, "service", "csbs");

function listItems(operation: Operation): Reply {
    const found = select(csbsBackups(operation), operation.query, {
        checkpoint_id: equal((backup) => backup.checkpointId),
        resource_id: equal((backup) => backup.server.id),
        resource_name: equal((backup) => backup.server.name),
        resource_type: equal(() => serverType),
        resource_az: equal((backup) => backup.availabilityZone),
        status: equal((backup) => backup.status),
        name: equal((backup) => backup.name),
        image_type: equal(() => "backup"),
    });
    const page = pageOf(reversed(found), operation.query);
    return ok({ checkpoint_items: page.map(csbsDocument), checkpoint_items_links: [] });
}

function showItem(operation: Operation): Reply {
    const id = operation.param("checkpoint_item_id");
    const backup = operation.store.get(backups, id);
    if (backup?.service !== "csbs") throw refuse(csbsRules.itemMissing, id);
    return ok({ checkpoint_item: csbsDocument(backup) });
}

function deleteCheckpoint(operation: Operation): Reply {
    const { sim, store } = operation;
    checkProvider(operation);
    const checkpointId = operation.param("checkpoint_id");
    const backup = storedWhere(store, backups, "checkpointId", checkpointId)
        .slice()
        .find(({ service }) => service === "csbs");
    if (!backup) throw refuse(csbsRules.itemMissing, checkpointId);
    operation.names(backup.id);
    if (backup.status === "protecting" || isOccupied(store, backup.id)) throw refuse(csbsRules.itemExecuting);
    if (backup.imageId !== null) throw refuse(csbsRules.usedByImage, backup.id);
    if (backup.status !== "deleting") beginBackupDeletion(sim, store, backup.id);
    return ok({});
}

const provider = "/v1/{project_id}/providers/{provider_id}";

export const csbsRoutes: readonly Route[] = [
    {
        method: "POST",
        path: `${provider}/resources/action`,
        service: csbs,
        operation: "CheckProtectable",
        isRead: true,
        handler: checkProtectable,
    },
    {
        method: "POST",
        path: `${provider}/resources/{server_id}/action`,
        service: csbs,
        operation: "CreateBackup",
        handler: createBackup,
    },
    {
        method: "GET",
        path: "/v1/{project_id}/checkpoint_items",
        service: csbs,
        operation: "ListBackups",
        isRead: true,
        handler: listItems,
    },
    {
        method: "GET",
        path: "/v1/{project_id}/checkpoint_items/{checkpoint_item_id}",
        service: csbs,
        operation: "ShowBackup",
        isRead: true,
        handler: showItem,
    },
    {
        method: "DELETE",
        path: `${provider}/checkpoints/{checkpoint_id}`,
        service: csbs,
        operation: "DeleteBackup",
        handler: deleteCheckpoint,
    },
];
