import type { HuaweiRegion } from "../../clouds/huawei/region";
import type { Problem } from "../../pulumi/dynamic/handler";
import { givenBackupProblem } from "../backups/externalBackups";
import { vaultProblem } from "../backups/vaultRules";
import { type GuestFacts, guestProblems } from "./guestFacts";

/** The source of a full-ECS image: a server, which is backed up first, or an existing backup. */
export type FullEcsSource = { server: string } | { backup: string };

/** Why no image can be created from a source, and what servers from such an image would lose. */
export interface SourceProblems {
    refusals: Problem[];
    /** Problems that the cloud does not detect, because it cannot inspect the inside of a server. */
    dangers: Problem[];
}

const constraints = "docs/reference/full-ecs-images.md#source-servers";

const refusal = (property: string, reason: string): SourceProblems => ({
    refusals: [{ property, reason }],
    dangers: [],
});

/** Checks whether an image can be created from the source. */
export function sourceProblems(
    region: HuaweiRegion,
    source: FullEcsSource,
    guest: GuestFacts = {},
): Promise<SourceProblems> {
    return "server" in source
        ? serverProblems(region, source.server, guest)
        : backupProblems(region, source.backup, guest);
}

/** Why a vault cannot hold the backup of the source; the source may still be unknown. */
export async function vaultProblemOf(
    region: HuaweiRegion,
    vault: string,
    source: FullEcsSource | undefined,
): Promise<string | undefined> {
    const id = source && "server" in source ? source.server : undefined;
    const server = id === undefined ? undefined : await region.servers.server(id);
    if (!server) return vaultProblem(region, vault, {});
    const disks = await region.servers.blockDevices(server.id);
    const sizeGiB = disks.reduce((sum, disk) => sum + disk.sizeGiB, 0);
    return vaultProblem(region, vault, { sizeGiB, server: server.id });
}

async function serverProblems(region: HuaweiRegion, id: string, guest: GuestFacts): Promise<SourceProblems> {
    const property = "source.server";
    const server = await region.servers.server(id);
    if (!server) return refusal(property, `no server ${id} in ${region.region}: correct the id or the region`);
    const refusals: Problem[] = [];
    if (server.status !== "ACTIVE" && server.status !== "SHUTOFF") {
        const reason = `server ${id} is ${server.status}: a full-ECS image can be created only from a running or stopped server (${constraints})`;
        refusals.push({ property, reason });
    }
    return { refusals, dangers: guestProblems(server, guest).map((reason) => ({ property, reason })) };
}

async function backupProblems(region: HuaweiRegion, id: string, guest: GuestFacts): Promise<SourceProblems> {
    const property = "source.backup";
    const reason = await givenBackupProblem(region, id);
    if (reason !== undefined) return refusal(property, reason);
    const backup = await region.backups.backup({ kind: region.backupKind, id });
    const { serverId = "", disks = [] } = backup ?? {};
    // If the server was deleted since, the backup tells its disks, but nothing tells its tags.
    const server = await region.servers.server(serverId);
    const dangers = guestProblems(server ?? { id: serverId, volumes: disks, tags: {} }, guest);
    return { refusals: [], dangers: dangers.map((danger) => ({ property, reason: danger })) };
}
