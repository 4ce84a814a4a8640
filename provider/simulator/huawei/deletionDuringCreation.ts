import type { Simulation } from "../core/simulation";

/** The setting of the world's `deletionDuringCreation`. */
export const deletionDuringCreationSetting = "huawei.deletionDuringCreation";

/**
 * What becomes of the request to delete an image that is being made (docs/reference/ims.md#deletion): the error
 * codes refuse it (IMG.0090), and the user manual says that the console allows it and leaves the backups behind, so
 * that the world chooses.
 */
export function isDeletedDuringCreation(sim: Simulation): boolean {
    return sim.settings.get<string>(deletionDuringCreationSetting) === "allow";
}
