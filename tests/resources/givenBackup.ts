import { Client, golden } from "../simulator/huawei/client.ts";
import type { Simulated } from "./simulated.ts";

const csbsProvider = "fc4d5750-22e7-4798-8a46-f48f62c4c1da";

/** Creates a backup of a server outside every resource, completed by default. @returns its id */
export async function givenBackup(
    world: Simulated,
    profile: "csbs" | "cbr",
    options: { server?: string; seconds?: number } = {},
): Promise<string> {
    const { server = golden.server, seconds = 1500 } = options;
    const client = new Client(world.simulator.url, golden.project, golden.key);
    const body =
        profile === "cbr"
            ? { checkpoint: { vault_id: golden.vault, parameters: { resources: [server] } } }
            : { protect: { resource_type: "OS::Nova::Server" } };
    if (profile === "cbr") {
        const resources = [{ id: server, type: "OS::Nova::Server" }];
        await client.post(`/v3/{pid}/vaults/${golden.vault}/addresources`, { resources });
    }
    const path =
        profile === "cbr" ? "/v3/{pid}/checkpoints" : `/v1/{pid}/providers/${csbsProvider}/resources/${server}/action`;
    const begun = await client.post(path, body);
    if (begun.status !== 200) throw new Error(begun.text);
    world.simulator.sim.advance(seconds * 1000);
    const { backups } = await world.clouds.huawei({ type: "huawei", region: "eu-de", profile });
    const [backup] = await backups.listBackups({ kind: profile, serverId: server });
    if (!backup) throw new Error("the backup is not listed");
    return backup.id;
}
