import type { Simulation } from "../core/simulation";

/** The setting for the world's `serverAppearsAfter`. */
export const serverAppearsAfterSetting = "huawei.serverAppearsAfter";

/**
 * The fraction of its creation time after which a server can be read. Until then it answers 404
 * (docs/reference/huawei-servers.md#creating-servers).
 */
export function serverAppearsAfter(sim: Simulation): number {
    return sim.settings.get<number>(serverAppearsAfterSetting) ?? 0.5;
}
