import { z } from "zod";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { isOccupied } from "../jobs/occupation";
import { backups } from "../models/backup";
import { disksOf, totalSizeGiB } from "../models/disks";
import { type Server, servers } from "../models/server";
import { storedWhere } from "../models/shelved";
import { type Vault, vaults } from "../models/vault";
import { boundServers, takesServerBackups, usedGiB } from "../models/vaultUse";
import { profileOf } from "../profile";
import { refuse } from "../rules";
import { withOffset } from "../times";
import { cbrRules } from "./backupRules";
import { beginOwnBackup } from "./backups";
import { cbr } from "./service";

const request = z.object({
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

function checkVault({ sim, store }: Operation, vaultId: string): Vault {
    if (profileOf(sim) === "csbs") throw refuse(cbrRules.notInThisProfile);
    const vault = store.get(vaults, vaultId);
    if (!vault) throw refuse(cbrRules.vaultMissing, vaultId);
    if (!takesServerBackups(vault)) throw refuse(cbrRules.vaultResourceType, vaultId);
    if (vault.status !== "available") throw refuse(cbrRules.vaultStatus, vaultId);
    return vault;
}

function checkServer({ store }: Operation, vault: Vault, serverId: string): Server {
    const server = store.get(servers, serverId);
    if (!server) throw refuse(cbrRules.serverMissing, serverId);
    if (!boundServers(store, vault).includes(serverId)) throw refuse(cbrRules.notInVault, serverId);
    if (server.status !== "ACTIVE" && server.status !== "SHUTOFF") throw refuse(cbrRules.serverState, server.status);
    if (server.taskState !== null || isOccupied(store, serverId)) throw refuse(cbrRules.inProgress, serverId);
    return server;
}

function createCheckpoint(operation: Operation): Reply {
    const { sim, store } = operation;
    const { vault_id: vaultId, parameters } = operation.body(request).checkpoint;
    const vault = checkVault(operation, vaultId);
    const asked = parameters.resources ?? parameters.resource_details?.map(({ id }) => id) ?? vault.serverIds;
    // A server that is named twice is backed up once.
    const serverIds = [...new Set(asked)];
    if (serverIds.length === 0) throw refuse(cbrRules.notInVault);
    operation.names(vaultId, ...serverIds);
    const checkpointId = sim.ids.uuid();
    const chosen = serverIds.map((serverId) => checkServer(operation, vault, serverId));
    const needed = totalSizeGiB(chosen.flatMap((server) => disksOf(store, server.id)));
    if (usedGiB(store, vaultId) + needed > vault.sizeGiB) throw refuse(cbrRules.vaultCapacity);
    for (const server of chosen) {
        const backup = beginOwnBackup(sim, store, server, {
            id: sim.ids.uuid(),
            checkpointId,
            service: "cbr",
            vaultId,
            name: parameters.name ?? `manualbk_${checkpointId.slice(0, 4)}_${server.name}`,
            description: parameters.description ?? "",
        });
        operation.names(backup.id);
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
                resource_size: String(totalSizeGiB(disksOf(operation.store, server.id))),
                extra_info: "{}",
            })),
            skipped_resources: [],
        },
        extra_info: { name: "", description: "", retention_duration: -1 },
    };
}

function showCheckpoint(operation: Operation): Reply {
    const { store } = operation;
    const id = operation.param("checkpoint_id");
    const created = storedWhere(store, backups, "checkpointId", id)
        .slice()
        .filter(({ service }) => service === "cbr");
    const vault = store.get(vaults, created[0]?.vaultId ?? "");
    const [first] = created;
    if (!vault || !first) throw refuse(cbrRules.checkpointMissing, id);
    const resources = created.flatMap((backup) => store.get(servers, backup.server.id) ?? []);
    const document = checkpointDocument(operation, vault, id, resources);
    return ok({ checkpoint: { ...document, status: first.status, created_at: withOffset(first.createdAt) } });
}

const path = "/v3/{project_id}/checkpoints";

export const cbrCheckpointRoutes: readonly Route[] = [
    { method: "POST", path, service: cbr, operation: "CreateCheckpoint", handler: createCheckpoint },
    {
        method: "GET",
        path: `${path}/{checkpoint_id}`,
        service: cbr,
        operation: "ShowCheckpoint",
        isRead: true,
        handler: showCheckpoint,
    },
];
