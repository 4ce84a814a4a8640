import type { Simulation } from "../core/simulation";

/** Which age of full-ECS images is simulated: with CSBS (the seed) or with CBR and vaults (today). */
export function profileOf(sim: Simulation): "csbs" | "cbr" {
    return sim.settings.get<string>("huawei.profile") === "csbs" ? "csbs" : "cbr";
}
