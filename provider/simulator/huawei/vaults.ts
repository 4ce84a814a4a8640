import { z } from "zod";
import { cbrRules } from "./backupRules";
import { beginBackupDeletion, imagesFrom } from "./backups";
import { type Backup, servers, type Vault, vaults } from "./objects";
import { noContentReply, type Operation, ok, type Reply, type Route } from "./operation";
import { refuse } from "./rules";
import { vaultDocument } from "./vaultDocument";
import { backupsIn, boundServers, usedGiB, vaultOf } from "./vaultUse";

const resource = z.object({ id: z.string(), type: z.string().default("OS::Nova::Server") });
const newVault = z.object({
    vault: z.object({
        name: z.string().min(1).max(64),
        billing: z.object({
            object_type: z.enum(["server", "disk", "turbo"]),
            protect_type: z.enum(["backup", "replication"]),
            size: z.number().int(),
        }),
        resources: z.array(resource).default([]),
    }),
});
const change = z.object({
    vault: z.object({
        name: z.string().min(1).max(64).optional(),
        billing: z.object({ size: z.number().int().optional() }).optional(),
    }),
});
const added = z.object({ resources: z.array(resource).min(1) });
const removed = z.object({ resource_ids: z.array(z.string()).min(1) });

const id = (operation: Operation): string => operation.param("vault_id");

function ownVault(operation: Operation): Vault {
    const vault = operation.shelf.get(vaults, id(operation));
    if (!vault) throw refuse(cbrRules.vaultMissing, id(operation));
    return vault;
}

/** CBRD: 1 to 10,485,760 GB. */
function checkSize(sizeGiB: number): number {
    if (sizeGiB < 1 || sizeGiB > 10_485_760) throw refuse(cbrRules.vaultSize);
    return sizeGiB;
}

function checkResources({ shelf }: Operation, resources: readonly z.infer<typeof resource>[]): string[] {
    return resources.map(({ id, type }) => {
        if (type !== "OS::Nova::Server") throw refuse(cbrRules.vaultResourceType, type);
        if (!shelf.get(servers, id)) throw refuse(cbrRules.serverMissing, id);
        if (vaultOf(shelf, id)) throw refuse(cbrRules.alreadyInVault, id);
        return id;
    });
}

function createVault(operation: Operation): Reply {
    const { sim, shelf, project } = operation;
    const { name, billing, resources } = operation.body(newVault).vault;
    const serverIds = checkResources(operation, resources);
    const vault: Vault = {
        id: sim.ids.uuid(),
        name,
        projectId: project.id,
        sizeGiB: checkSize(billing.size),
        objectType: billing.object_type,
        protectType: billing.protect_type,
        status: "available",
        createdAt: operation.now,
        serverIds,
    };
    shelf.put(vaults, vault.id, vault);
    operation.names(vault.id, ...serverIds);
    return ok({ vault: vaultDocument(shelf, vault) });
}

function updateVault(operation: Operation): Reply {
    const { shelf } = operation;
    const vault = ownVault(operation);
    const { name = vault.name, billing } = operation.body(change).vault;
    const sizeGiB = checkSize(billing?.size ?? vault.sizeGiB);
    if (sizeGiB < usedGiB(shelf, vault.id)) throw refuse(cbrRules.vaultSize);
    shelf.put(vaults, vault.id, { ...vault, name, sizeGiB });
    return ok({ vault: vaultDocument(shelf, { ...vault, name, sizeGiB }) });
}

function listVaults({ shelf, query }: Operation): Reply {
    const wanted = { id: query.get("id"), name: query.get("name"), protect_type: query.get("protect_type") };
    const found = shelf
        .list(vaults)
        .map(({ value }) => value)
        .filter((vault) => wanted.id === null || vault.id === wanted.id)
        .filter((vault) => wanted.name === null || vault.name === wanted.name)
        .filter((vault) => wanted.protect_type === null || vault.protectType === wanted.protect_type);
    return ok({ vaults: found.map((vault) => vaultDocument(shelf, vault)), count: found.length });
}

/** Backups go with their vault or binding; one with an image or still in the making stays, and so does the vault. */
function deleteBackups(
    { sim, shelf }: Operation,
    doomed: readonly Backup[],
    ofUsed: typeof cbrRules.usedByImage,
): void {
    for (const backup of doomed) {
        if (backup.status === "protecting") throw refuse(cbrRules.performingBackup, backup.id);
        if (imagesFrom(shelf, backup.id).length > 0) throw refuse(ofUsed, backup.id);
    }
    for (const backup of doomed) if (backup.status !== "deleting") beginBackupDeletion(sim, shelf, backup.id);
}

function deleteVault(operation: Operation): Reply {
    const { shelf } = operation;
    const vault = ownVault(operation);
    deleteBackups(operation, backupsIn(shelf, vault.id), cbrRules.vaultHasImages);
    shelf.delete(vaults, vault.id);
    return noContentReply;
}

function addResources(operation: Operation): Reply {
    const { shelf } = operation;
    const vault = ownVault(operation);
    const serverIds = checkResources(operation, operation.body(added).resources);
    shelf.change(vaults, vault.id, { serverIds: [...vault.serverIds, ...serverIds] });
    operation.names(...serverIds);
    return ok({ add_resource_ids: serverIds });
}

function removeResources(operation: Operation): Reply {
    const { shelf } = operation;
    const vault = ownVault(operation);
    const serverIds = operation.body(removed).resource_ids;
    operation.names(...serverIds);
    const missing = serverIds.find((serverId) => !boundServers(shelf, vault).includes(serverId));
    if (missing !== undefined) throw refuse(cbrRules.notInVault, missing);
    const doomed = backupsIn(shelf, vault.id).filter((backup) => serverIds.includes(backup.server.id));
    deleteBackups(operation, doomed, cbrRules.usedByImage);
    shelf.change(vaults, vault.id, { serverIds: vault.serverIds.filter((serverId) => !serverIds.includes(serverId)) });
    return ok({ remove_resource_ids: serverIds });
}

const all = "/v3/{project_id}/vaults";
const one = `${all}/{vault_id}`;

export const vaultRoutes: readonly Route[] = [
    { method: "POST", path: all, service: "cbr", operation: "CreateVault", handler: createVault },
    { method: "GET", path: all, service: "cbr", operation: "ListVault", isRead: true, handler: listVaults },
    {
        method: "GET",
        path: one,
        service: "cbr",
        operation: "ShowVault",
        isRead: true,
        handler: (operation) => ok({ vault: vaultDocument(operation.shelf, ownVault(operation)) }),
    },
    { method: "PUT", path: one, service: "cbr", operation: "UpdateVault", handler: updateVault },
    { method: "DELETE", path: one, service: "cbr", operation: "DeleteVault", handler: deleteVault },
    {
        method: "POST",
        path: `${one}/addresources`,
        service: "cbr",
        operation: "AddVaultResource",
        handler: addResources,
    },
    {
        method: "POST",
        path: `${one}/removeresources`,
        service: "cbr",
        operation: "RemoveVaultResource",
        handler: removeResources,
    },
];
