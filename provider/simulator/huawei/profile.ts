import type { Simulation } from "../core/simulation";

/**
 * The backup service of full-ECS images: CSBS, or CBR with vaults
 * (docs/reference/full-ecs-images.md#limits-of-full-ecs-images).
 */
export function profileOf(sim: Simulation): "csbs" | "cbr" {
    return sim.settings.get<string>("huawei.profile") === "csbs" ? "csbs" : "cbr";
}
