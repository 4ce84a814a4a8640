import type { RegionStore } from "../../../../provider/dist/simulator/core/objects.js";
import { type Answer, type Bench, golden, partner, wholeImage } from "../client.ts";

/** The objects that rows need to break a rule. */

export const wholeImagesPath = "/v1/cloudimages/wholeimages/action";
export const systemImagesPath = "/v2/cloudimages/action";
export const csbsPath = "/v1/{pid}/providers/fc4d5750-22e7-4798-8a46-f48f62c4c1da";
export const serversPath = "/v1/{pid}/cloudservers";

export const csbs = { profile: "csbs" } as const;
export const fromServer = { name: "image", instance_id: golden.server, vault_id: golden.vault };

/** The golden account's objects in eu-de, for states that no request can produce. */
export function storeOf({ simulator }: Bench): RegionStore {
    return simulator.sim.store({ cloud: "huawei", account: golden.domain, region: "eu-de" });
}

export const aWholeImage = async (bench: Bench): Promise<string> => (await wholeImage(bench)).imageId;

/** An image of a system disk. It is still being created unless `wait` seconds pass. */
export async function aSystemImage({ golden: client, seconds }: Bench, wait = 500): Promise<string> {
    const { body } = await client.post(systemImagesPath, fromServer);
    seconds(wait);
    return (await client.job(body.job_id)).entities.image_id;
}

export async function aGoldImage({ golden: client }: Bench): Promise<string> {
    return (await client.get("/v2/cloudimages", { __imagetype: "gold" })).body.images[0].id;
}

export async function serverNamed({ golden: client }: Bench, name: string): Promise<string> {
    return (await client.get(`${serversPath}/detail`, { name })).body.servers[0].id;
}

export async function disksOf({ golden: client }: Bench, serverId: string): Promise<string[]> {
    const { body } = await client.get(`${serversPath}/${serverId}/block_device`);
    return body.volumeAttachments.map(({ volumeId }: { volumeId: string }) => volumeId);
}

/** A stopped server without its only disk. */
export async function aServerWithoutDisks(bench: Bench): Promise<string> {
    const id = await serverNamed(bench, "stopped-golden");
    for (const disk of await disksOf(bench, id)) await bench.golden.del(`${serversPath}/${id}/detachvolume/${disk}`);
    bench.seconds(10);
    return id;
}

export async function aDisk({ golden: client, seconds }: Bench): Promise<string> {
    const volume = { availability_zone: "eu-de-01", volume_type: "SSD", size: 10 };
    const { body } = await client.post("/v2/{pid}/cloudvolumes", { volume });
    seconds(5);
    return body.volume_ids[0];
}

export async function aVault(
    { golden: client }: Bench,
    billing: Record<string, unknown> = {},
    serverIds: readonly string[] = [],
): Promise<string> {
    const vault = {
        name: "another",
        billing: { object_type: "server", protect_type: "backup", size: 500, ...billing },
        resources: serverIds.map((id) => ({ id, type: "OS::Nova::Server" })),
    };
    const { body } = await client.post("/v3/{pid}/vaults", { vault });
    return body.vault.id;
}

export const protect = ({ golden: client }: Bench, serverId: string = golden.server): Promise<Answer> =>
    client.post(`/v3/{pid}/vaults/${golden.vault}/addresources`, {
        resources: [{ id: serverId, type: "OS::Nova::Server" }],
    });

export const backUp = ({ golden: client }: Bench, vaultId: string = golden.vault): Promise<Answer> =>
    client.post("/v3/{pid}/checkpoints", { checkpoint: { vault_id: vaultId } });

/** A CBR backup of a server without an image. It is complete unless `wait` is shorter. */
export async function aBackup(bench: Bench, wait = 700): Promise<string> {
    await protect(bench);
    await backUp(bench);
    bench.seconds(wait);
    return (await bench.golden.get("/v3/{pid}/backups")).body.backups[0].id;
}

export const backUpWithCsbs = ({ golden: client }: Bench, serverId: string = golden.server): Promise<Answer> =>
    client.post(`${csbsPath}/resources/${serverId}/action`, { protect: {} });

/** The same with CSBS. */
export async function aCsbsBackup(bench: Bench, wait = 700): Promise<{ id: string; checkpoint_id: string }> {
    await backUpWithCsbs(bench);
    bench.seconds(wait);
    return (await bench.golden.get("/v1/{pid}/checkpoint_items")).body.checkpoint_items[0];
}

/** Shares natively with one request. */
export const shareWithPartner = ({ golden: client }: Bench, imageId: string): Promise<Answer> =>
    client.post(`/v2/images/${imageId}/members`, { member: partner.project });

export const patch = ({ golden: client }: Bench, imageId: string, path: string, value: unknown): Promise<Answer> =>
    client.call("PATCH", `/v2/cloudimages/${imageId}`, { body: [{ op: "replace", path, value }] });

export const power = (
    { golden: client }: Bench,
    action: "os-start" | "os-stop" | "reboot",
    serverId: string = golden.server,
): Promise<Answer> => client.post(`${serversPath}/action`, { [action]: { servers: [{ id: serverId }] } });
