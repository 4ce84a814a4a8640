import type { Simulation } from "../core/simulation";
import { durationOf } from "./durations";

/**
 * Whether an object made at that time is in lists already. Clouds are not consistent at once: fresh images and
 * instances may be missing for a short time (reference 3, terraform-provider-alicloud polls for them).
 */
export function listedBy(sim: Simulation): (createdAt: number) => boolean {
    const lag = durationOf(sim, "listed");
    const now = sim.clock.now();
    return (createdAt) => now - createdAt >= lag;
}
