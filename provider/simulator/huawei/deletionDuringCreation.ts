import type { Simulation } from "../core/simulation";

/** The setting for the world's `deletionDuringCreation`. */
export const deletionDuringCreationSetting = "huawei.deletionDuringCreation";

/**
 * Whether an image can be deleted while it is being created (docs/reference/ims.md#deletion). The world decides,
 * because the sources disagree: according to the error codes the request is refused (IMG.0090), and according to the
 * user manual the console allows it and keeps the backups.
 */
export function isDeletedDuringCreation(sim: Simulation): boolean {
    return sim.settings.get<string>(deletionDuringCreationSetting) === "allow";
}
