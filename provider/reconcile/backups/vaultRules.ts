import type { HuaweiRegion } from "../../clouds/huawei/region";

const source = "docs/reference/full-ecs-images.md#vaults";

/**
 * Why a vault cannot hold the backup of a server (docs/reference/full-ecs-images.md#vaults); undefined if nothing
 * prevents it. The free space is not checked: usage depends on the data, not on the size of the disks.
 *
 * @param wanted sizeGiB: of all disks of the server, if known; server: if it is backed up for the first time
 */
export async function vaultProblem(
    region: HuaweiRegion,
    id: string,
    wanted: { sizeGiB?: number; server?: string },
): Promise<string | undefined> {
    const vault = await region.backups.vault(id);
    if (!vault) return `no vault ${id} in ${region.region}: correct the id, the region or the account`;
    const isForServers = (vault.objectType ?? "server") === "server" && (vault.protectType ?? "backup") === "backup";
    if (!isForServers) {
        return `vault ${id} is for ${vault.objectType} ${vault.protectType}: use a vault for server backups (${source}; IMS error IMG.0193)`;
    }
    if ((vault.status ?? "available") !== "available") {
        return `vault ${id} is ${vault.status}: use a vault that is available (${source}; IMS error IMG.0188)`;
    }
    if (wanted.sizeGiB !== undefined && vault.sizeGiB < wanted.sizeGiB) {
        return `vault ${id} has ${vault.sizeGiB} GiB, and the server's disks have ${wanted.sizeGiB} GiB: enlarge the vault (${source}; IMS error IMG.0182)`;
    }
    const { server } = wanted;
    if (server === undefined || vault.serverIds.includes(server)) return undefined;
    const other = (await region.backups.vaults()).find(({ serverIds }) => serverIds.includes(server));
    if (!other) return undefined;
    return `server ${server} already belongs to vault ${other.id}: use that vault, because a server can belong to one vault only (${source}; IMS error IMG.0183)`;
}
