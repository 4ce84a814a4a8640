import { apiError } from "../../core/errorRule";
import type { Simulation } from "../../core/simulation";
import { gatewayRules } from "./gatewayRules";

/** More than a year of polling every 10 s can use. The oldest are forgotten first. */
const maxNonces = 100_000;

/**
 * Stored outside the simulation's data: nonces follow the machine's clock, as signatures do, and equal requests must
 * produce equal data.
 */
const used = new WeakMap<Simulation, Set<string>>();

/** Refuses a nonce that this key has already used. */
export function useNonce(sim: Simulation, accessKeyId: string, nonce: string): void {
    const nonces = used.get(sim) ?? new Set<string>();
    used.set(sim, nonces);
    const entry = `${accessKeyId}/${nonce}`;
    if (nonces.has(entry)) throw apiError(gatewayRules.replayedNonce);
    nonces.add(entry);
    if (nonces.size <= maxNonces) return;
    for (const oldest of nonces) {
        nonces.delete(oldest);
        break;
    }
}
