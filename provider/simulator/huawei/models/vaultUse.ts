import type { RegionStore } from "../../core/objects";
import { type Backup, backups } from "./backup";
import { totalSizeGiB } from "./disks";
import { stored, storedWhere } from "./shelved";
import { type Vault, vaults } from "./vault";

export function backupsIn(store: RegionStore, vaultId: string): Backup[] {
    return storedWhere(store, backups, "vaultId", vaultId).slice();
}

/** The used size in GiB. It is computed from the backups, so that nothing must be updated when they are deleted. */
export function usedGiB(store: RegionStore, vaultId: string): number {
    return backupsIn(store, vaultId).reduce((sum, backup) => sum + totalSizeGiB(backup.disks), 0);
}

/** The servers bound to a vault: those that were added, and those with backups in it. */
export function boundServers(store: RegionStore, vault: Vault): string[] {
    const backedUp = backupsIn(store, vault.id).map((backup) => backup.server.id);
    return [...new Set([...vault.serverIds, ...backedUp])];
}

/** The only vault that a server is bound to, if any (IMG.0183). */
export function vaultOf(store: RegionStore, serverId: string): Vault | undefined {
    return stored(store, vaults)
        .slice()
        .find((vault) => boundServers(store, vault).includes(serverId));
}

/**
 * Whether the vault takes server backups: it is for servers, and not a target of replication
 * (docs/reference/full-ecs-images.md#vaults).
 */
export const takesServerBackups = (vault: Pick<Vault, "objectType" | "protectType">): boolean =>
    vault.objectType === "server" && vault.protectType === "backup";
