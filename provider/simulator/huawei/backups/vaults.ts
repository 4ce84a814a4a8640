import { z } from "zod";
import { equal, type Filters, pageOf, select } from "../gateway/filters";
import { noContentReply, type Operation, ok, type Reply, type Route } from "../gateway/operation";
import type { Backup } from "../models/backup";
import { servers } from "../models/server";
import { plainVault, type Vault, vaults } from "../models/vault";
import { backupsIn, boundServers, takesServerBackups, usedGiB, vaultOf } from "../models/vaultUse";
import { refuse } from "../rules";
import { cbrRules } from "./backupRules";
import { beginBackupDeletion } from "./backups";
import { cbr } from "./service";
import { vaultDocument } from "./vaultDocument";

const resource = z.object({ id: z.string(), type: z.string().default("OS::Nova::Server") });
const tag = z.object({ key: z.string(), value: z.string().default("") });
/** The fields of a vault at its creation and in updates. */
const vaultFields = z.object({
    description: z.string().max(64).optional(),
    auto_bind: z.boolean().optional(),
    bind_rules: z.object({ tags: z.array(tag).default([]) }).optional(),
});
const newVault = z.object({
    vault: vaultFields.extend({
        name: z.string().min(1).max(64),
        billing: z.object({
            object_type: z.enum(["server", "disk", "turbo"]),
            protect_type: z.enum(["backup", "replication"]),
            consistent_level: z.enum(["crash_consistent", "app_consistent"]).optional(),
            size: z.number().int(),
        }),
        resources: z.array(resource).default([]),
        tags: z.array(tag).optional(),
    }),
});
const change = z.object({
    vault: vaultFields.extend({
        name: z.string().min(1).max(64).optional(),
        billing: z
            .object({
                size: z.number().int().optional(),
                consistent_level: z.enum(["crash_consistent", "app_consistent"]).optional(),
            })
            .optional(),
    }),
});
const added = z.object({ resources: z.array(resource).min(1) });
const removed = z.object({ resource_ids: z.array(z.string()).min(1) });

const id = (operation: Operation): string => operation.param("vault_id");

function ownVault(operation: Operation): Vault {
    const vault = operation.store.get(vaults, id(operation));
    if (!vault) throw refuse(cbrRules.vaultMissing, id(operation));
    return vault;
}

/** 1 to 10,485,760 GB (docs/reference/csbs-cbr.md#cbr-vaults). */
function checkSize(sizeGiB: number): number {
    if (sizeGiB < 1 || sizeGiB > 10_485_760) throw refuse(cbrRules.vaultSize);
    return sizeGiB;
}

function checkResources(
    { store }: Operation,
    vault: Pick<Vault, "objectType" | "protectType">,
    resources: readonly z.infer<typeof resource>[],
): string[] {
    const isWrongType = resources.find(({ type }) => type !== "OS::Nova::Server")?.type;
    if (isWrongType !== undefined) throw refuse(cbrRules.vaultResourceType, isWrongType);
    const serverIds = [...new Set(resources.map(({ id }) => id))];
    for (const id of serverIds) {
        if (!takesServerBackups(vault)) throw refuse(cbrRules.vaultResourceType, id);
        if (!store.get(servers, id)) throw refuse(cbrRules.serverMissing, id);
        if (vaultOf(store, id)) throw refuse(cbrRules.alreadyInVault, id);
    }
    return serverIds;
}

/** Applies the fields of a request to a vault. */
function described(vault: typeof plainVault | Vault, wanted: z.infer<typeof vaultFields>) {
    return {
        description: wanted.description ?? vault.description,
        autoBind: wanted.auto_bind ?? vault.autoBind,
        bindTags: wanted.bind_rules?.tags ?? vault.bindTags,
    };
}

function createVault(operation: Operation): Reply {
    const { sim, store, project } = operation;
    const wanted = operation.body(newVault).vault;
    const { object_type: objectType, protect_type: protectType, consistent_level, size } = wanted.billing;
    const serverIds = checkResources(operation, { objectType, protectType }, wanted.resources);
    const vault: Vault = {
        ...described(plainVault, wanted),
        id: sim.ids.uuid(),
        name: wanted.name,
        tags: wanted.tags ?? [],
        projectId: project.id,
        sizeGiB: checkSize(size),
        objectType,
        protectType,
        consistentLevel: consistent_level ?? plainVault.consistentLevel,
        status: "available",
        createdAt: operation.now,
        serverIds,
    };
    store.put(vaults, vault.id, vault);
    operation.names(vault.id, ...serverIds);
    return ok({ vault: vaultDocument(store, vault) });
}

function updateVault(operation: Operation): Reply {
    const { store } = operation;
    const vault = ownVault(operation);
    const wanted = operation.body(change).vault;
    const sizeGiB = checkSize(wanted.billing?.size ?? vault.sizeGiB);
    if (sizeGiB < usedGiB(store, vault.id)) throw refuse(cbrRules.vaultSize);
    const changed: Vault = {
        ...vault,
        ...described(vault, wanted),
        name: wanted.name ?? vault.name,
        sizeGiB,
        consistentLevel: wanted.billing?.consistent_level ?? vault.consistentLevel,
    };
    store.put(vaults, vault.id, changed);
    return ok({ vault: vaultDocument(store, changed) });
}

function listVaults({ store, query }: Operation): Reply {
    const filters: Filters<Vault> = {
        id: equal((vault) => vault.id),
        name: equal((vault) => vault.name),
        object_type: equal((vault) => vault.objectType),
        protect_type: equal((vault) => vault.protectType),
        status: equal((vault) => vault.status),
        cloud_type: equal(() => "public"),
        enterprise_project_id: (_, wanted) => wanted === "0" || wanted === "all_granted_eps",
        resource_ids: (vault, wanted) => wanted.split(",").some((id) => boundServers(store, vault).includes(id)),
        // No simulated vault has a policy.
        policy_id: () => false,
    };
    const all = store.list(vaults).map(({ value }) => value);
    const found = select(all, query, filters);
    return ok({ vaults: pageOf(found, query).map((vault) => vaultDocument(store, vault)), count: found.length });
}

/**
 * Deletes backups with their vault or server binding. A backup with an image, or one that is being created, cannot be
 * deleted, and neither can its vault.
 */
function deleteBackups(
    { sim, store }: Operation,
    deleted: readonly Backup[],
    ofUsed: typeof cbrRules.usedByImage,
): void {
    for (const backup of deleted) {
        if (backup.status === "protecting") throw refuse(cbrRules.performingBackup, backup.id);
        if (backup.imageId !== null) throw refuse(ofUsed, backup.id);
    }
    for (const backup of deleted) if (backup.status !== "deleting") beginBackupDeletion(sim, store, backup.id);
}

function deleteVault(operation: Operation): Reply {
    const { store } = operation;
    const vault = ownVault(operation);
    deleteBackups(operation, backupsIn(store, vault.id), cbrRules.vaultHasImages);
    store.delete(vaults, vault.id);
    return noContentReply;
}

function addResources(operation: Operation): Reply {
    const { store } = operation;
    const vault = ownVault(operation);
    const serverIds = checkResources(operation, vault, operation.body(added).resources);
    store.change(vaults, vault.id, { serverIds: [...vault.serverIds, ...serverIds] });
    operation.names(...serverIds);
    return ok({ add_resource_ids: serverIds });
}

function removeResources(operation: Operation): Reply {
    const { store } = operation;
    const vault = ownVault(operation);
    const serverIds = operation.body(removed).resource_ids;
    operation.names(...serverIds);
    const missing = serverIds.find((serverId) => !boundServers(store, vault).includes(serverId));
    if (missing !== undefined) throw refuse(cbrRules.notInVault, missing);
    const deleted = backupsIn(store, vault.id).filter((backup) => serverIds.includes(backup.server.id));
    deleteBackups(operation, deleted, cbrRules.usedByImage);
    store.change(vaults, vault.id, { serverIds: vault.serverIds.filter((serverId) => !serverIds.includes(serverId)) });
    return ok({ remove_resource_ids: serverIds });
}

const all = "/v3/{project_id}/vaults";
const one = `${all}/{vault_id}`;

export const vaultRoutes: readonly Route[] = [
    { method: "POST", path: all, service: cbr, operation: "CreateVault", handler: createVault },
    { method: "GET", path: all, service: cbr, operation: "ListVault", isRead: true, handler: listVaults },
    {
        method: "GET",
        path: one,
        service: cbr,
        operation: "ShowVault",
        isRead: true,
        handler: (operation) => ok({ vault: vaultDocument(operation.store, ownVault(operation)) }),
    },
    { method: "PUT", path: one, service: cbr, operation: "UpdateVault", handler: updateVault },
    { method: "DELETE", path: one, service: cbr, operation: "DeleteVault", handler: deleteVault },
    {
        method: "POST",
        path: `${one}/addresources`,
        service: cbr,
        operation: "AddVaultResource",
        handler: addResources,
    },
    {
        method: "POST",
        path: `${one}/removeresources`,
        service: cbr,
        operation: "RemoveVaultResource",
        handler: removeResources,
    },
];
