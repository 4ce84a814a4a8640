import type { RegionStore } from "../../../../provider/dist/simulator/core/objects.js";
import { type Answer, type Bench, Client, golden } from "../client.ts";
import { aSystemImage } from "./scene.ts";

/** The objects that rows need to break a rule of copies to another region. */

/** The golden account in eu-nl. */
export const away = ({ simulator }: Bench): Client => new Client(simulator.url, golden.projectNl, golden.key);

/** Its objects there, for states that no request can produce. */
export const awayStoreOf = ({ simulator }: Bench): RegionStore =>
    simulator.sim.store({ cloud: "huawei", account: golden.domain, region: "eu-nl" });

export const toNl = { name: "copy", region: "eu-nl", project_name: "eu-nl", agency_name: "ims_admin_agency" };

export const copyAway = ({ golden: client }: Bench, imageId: string, changes: Record<string, unknown> = {}) =>
    client.post(`/v1/cloudimages/${imageId}/cross_region_copy`, { ...toNl, ...changes });

/** A vault in eu-nl that is for copies of backups, unless specified otherwise. */
export async function aReplica(bench: Bench, billing: Record<string, unknown> = {}): Promise<string> {
    const plain = { object_type: "server", protect_type: "replication", size: 500, cloud_type: "public" };
    const vault = { name: "replica", billing: { ...plain, ...billing }, resources: [] };
    return (await away(bench).post("/v3/{pid}/vaults", { vault })).body.vault.id;
}

/** A copy within the region that names a key. */
export async function anEncryptedImage(bench: Bench): Promise<string> {
    const copy: Answer = await bench.golden.post(`/v1/cloudimages/${await aSystemImage(bench)}/copy`, {
        name: "locked",
        cmk_id: "key",
    });
    bench.seconds(120);
    return (await bench.golden.job(copy.body.job_id)).entities.image_id;
}
