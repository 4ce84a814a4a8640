import { createHash } from "node:crypto";
import type { Simulation } from "../../core/simulation";

/** Apart from the ids of objects, so that how often a client polls does not change what is made later. */
export function nextRequestId(sim: Simulation): string {
    const count = (sim.settings.get<number>("huawei.requests") ?? 0) + 1;
    sim.settings.set("huawei.requests", count);
    return createHash("sha256").update(`${sim.ids.seed}/huawei/request/${count}`).digest("hex").slice(0, 32);
}
