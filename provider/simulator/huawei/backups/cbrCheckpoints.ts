import { z } from "zod";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { backups } from "../holdings/backup";
import { disksOf, totalSizeGiB } from "../holdings/disks";
import { type Server, servers } from "../holdings/server";
import { shelvedWhere } from "../holdings/shelved";
import { type Vault, vaults } from "../holdings/vault";
import { boundServers, takesServerBackups, usedGiB } from "../holdings/vaultUse";
import { isOccupied } from "../jobs/occupation";
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

function checkVault({ sim, shelf }: Operation, vaultId: string): Vault {
    if (profileOf(sim) === "csbs") throw refuse(cbrRules.notInThisProfile);
    const vault = shelf.get(vaults, vaultId);
    if (!vault) throw refuse(cbrRules.vaultMissing, vaultId);
    if (!takesServerBackups(vault)) throw refuse(cbrRules.vaultResourceType, vaultId);
    if (vault.status !== "available") throw refuse(cbrRules.vaultStatus, vaultId);
    return vault;
}

function checkServer({ shelf }: Operation, vault: Vault, serverId: string): Server {
    const server = shelf.get(servers, serverId);
    if (!server) throw refuse(cbrRules.serverMissing, serverId);
    if (!boundServers(shelf, vault).includes(serverId)) throw refuse(cbrRules.notInVault, serverId);
    if (server.status !== "ACTIVE" && server.status !== "SHUTOFF") throw refuse(cbrRules.serverState, server.status);
    if (server.taskState !== null || isOccupied(shelf, serverId)) throw refuse(cbrRules.inProgress, serverId);
    return server;
}

function createCheckpoint(operation: Operation): Reply {
    const { sim, shelf } = operation;
    const { vault_id: vaultId, parameters } = operation.body(request).checkpoint;
    const vault = checkVault(operation, vaultId);
    const asked = parameters.resources ?? parameters.resource_details?.map(({ id }) => id) ?? vault.serverIds;
    // Named twice, a server is still backed up once.
    const serverIds = [...new Set(asked)];
    if (serverIds.length === 0) throw refuse(cbrRules.notInVault);
    operation.names(vaultId, ...serverIds);
    const checkpointId = sim.ids.uuid();
    const chosen = serverIds.map((serverId) => checkServer(operation, vault, serverId));
    const needed = totalSizeGiB(chosen.flatMap((server) => disksOf(shelf, server.id)));
    if (usedGiB(shelf, vaultId) + needed > vault.sizeGiB) throw refuse(cbrRules.vaultCapacity);
    for (const server of chosen) {
        const backup = beginOwnBackup(sim, shelf, server, {
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
    const made = shelvedWhere(shelf, backups, "checkpointId", id)
        .slice()
        .filter(({ service }) => service === "cbr");
    const vault = shelf.get(vaults, made[0]?.vaultId ?? "");
    const [first] = made;
    if (!vault || !first) throw refuse(cbrRules.checkpointMissing, id);
    const resources = made.flatMap((backup) => shelf.get(servers, backup.server.id) ?? []);
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
