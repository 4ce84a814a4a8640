import type { Simulation } from "../core/simulation";

/** The setting of the world's `serverAppearsAfter`. */
export const serverAppearsAfterSetting = "huawei.serverAppearsAfter";

/**
 * The share of its creation after which a server can be read; until then it answers 404
 * (docs/reference/huawei-servers.md#creating-servers).
 */
export function serverAppearsAfter(sim: Simulation): number {
    return sim.settings.get<number>(serverAppearsAfterSetting) ?? 0.5;
}
