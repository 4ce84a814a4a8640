import { apiError } from "../../core/errorRule";
import type { Simulation } from "../../core/simulation";
import { gatewayRules } from "./gatewayRules";

/** A year of polling every 10 s stays far below; the oldest are forgotten first. */
const mostNonces = 100_000;

/**
 * Kept beside the simulation and not in its data: nonces belong to the machine's clock, as signatures do, and a
 * simulation with equal requests must hold equal data.
 */
const used = new WeakMap<Simulation, Set<string>>();

/** Refuses a nonce that this key has used before. */
export function useNonce(sim: Simulation, accessKeyId: string, nonce: string): void {
    const nonces = used.get(sim) ?? new Set<string>();
    used.set(sim, nonces);
    const entry = `${accessKeyId}/${nonce}`;
    if (nonces.has(entry)) throw apiError(gatewayRules.replayedNonce);
    nonces.add(entry);
    if (nonces.size <= mostNonces) return;
    for (const oldest of nonces) {
        nonces.delete(oldest);
        break;
    }
}
