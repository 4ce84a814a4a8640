import type { RegionStore } from "../../core/objects";
import { disksOf, totalSizeGiB } from "../models/disks";
import { servers } from "../models/server";
import type { Vault } from "../models/vault";
import { backupsIn, boundServers, usedGiB } from "../models/vaultUse";
import { withOffset } from "../times";
import { cbrProvider } from "./service";

function resourceDocument(store: RegionStore, vault: Vault, serverId: string): Record<string, unknown> {
    const ofServer = backupsIn(store, vault.id).filter((backup) => backup.server.id === serverId);
    const isProtecting = ofServer.some((backup) => backup.status === "protecting");
    return {
        id: serverId,
        name: store.get(servers, serverId)?.name ?? ofServer[0]?.server.name ?? "",
        type: "OS::Nova::Server",
        size: totalSizeGiB(disksOf(store, serverId)),
        backup_size: ofServer.reduce((sum, backup) => sum + totalSizeGiB(backup.disks), 0),
        backup_count: ofServer.length,
        protect_status: isProtecting ? "protecting" : "available",
        extra_info: {},
    };
}

/** A vault as CBR returns it. */
export function vaultDocument(store: RegionStore, vault: Vault): Record<string, unknown> {
    const used = usedGiB(store, vault.id);
    const bound = boundServers(store, vault);
    return {
        id: vault.id,
        name: vault.name,
        description: vault.description,
        provider_id: cbrProvider,
        project_id: vault.projectId,
        enterprise_project_id: "0",
        auto_bind: vault.autoBind,
        bind_rules: { tags: vault.bindTags },
        user_id: "",
        created_at: withOffset(vault.createdAt),
        billing: {
            allocated: bound.reduce((sum, id) => sum + totalSizeGiB(disksOf(store, id)), 0),
            charging_mode: "post_paid",
            cloud_type: "public",
            consistent_level: vault.consistentLevel,
            object_type: vault.objectType,
            protect_type: vault.protectType,
            spec_code: `vault.${vault.protectType}.${vault.objectType}.normal`,
            size: vault.sizeGiB,
            // In MB, because the used capacity is finer than the size (docs/reference/csbs-cbr.md#cbr-vaults).
            used: used * 1024,
            status: vault.status,
            storage_unit: null,
            frozen_scene: "",
        },
        tags: vault.tags,
        resources: bound.map((id) => resourceDocument(store, vault, id)),
    };
}
