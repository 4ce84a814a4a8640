import type { Simulation } from "../core/simulation";

/** The setting for the world's `powerDuringImage`. */
export const powerDuringImageSetting = "huawei.powerDuringImage";

/**
 * Whether starting or stopping a server makes the job fail that creates a full-ECS image of it
 * (docs/reference/full-ecs-images.md#during-creation). The documentation says only that the creation may fail, so the
 * world decides: the power operation is refused, or the job fails.
 */
export function isPowerChangeFatal(sim: Simulation): boolean {
    return sim.settings.get<string>(powerDuringImageSetting) === "failImage";
}
