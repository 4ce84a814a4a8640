import { createHash } from "node:crypto";
import type { Simulation } from "../../core/simulation";

/** Separate from the ids of objects, so that the number of polls does not change later ids. */
export function nextRequestId(sim: Simulation): string {
    const count = (sim.settings.get<number>("huawei.requests") ?? 0) + 1;
    sim.settings.set("huawei.requests", count);
    return createHash("sha256").update(`${sim.ids.seed}/huawei/request/${count}`).digest("hex").slice(0, 32);
}
