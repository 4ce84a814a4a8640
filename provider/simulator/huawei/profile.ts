import type { Simulation } from "../core/simulation";

/**
 * Which age of full-ECS images is simulated: with CSBS or with CBR and vaults
 * (docs/reference/full-ecs-images.md#limits-of-full-ecs-images).
 */
export function profileOf(sim: Simulation): "csbs" | "cbr" {
    return sim.settings.get<string>("huawei.profile") === "csbs" ? "csbs" : "cbr";
}
