import type { Simulation } from "../core/simulation";

/** The setting of the world's `powerDuringImage`. */
export const powerDuringImageSetting = "huawei.powerDuringImage";

/**
 * What becomes of starting or stopping a server while a full-ECS image is made from it
 * (docs/reference/full-ecs-images.md#during-creation): the documents say only that the creation may fail, so that the
 * world chooses: the power operation is refused, or the image's job fails.
 */
export function isPowerChangeFatal(sim: Simulation): boolean {
    return sim.settings.get<string>(powerDuringImageSetting) === "failImage";
}
