import type { Placed } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { type Server, serverKind } from "./models";
import { release } from "./serverRelease";

/** The cloud counts calendar months; in the simulator each has 30 days. */
export function periodMs(months: number): number {
    return months * 30 * 24 * 3_600_000;
}

export function isExpired(server: Server, now: number): boolean {
    return server.expiresAt <= now;
}

/**
 * Renews, disables or releases the servers whose paid period has ended. It runs before each request instead of as a
 * job: an automatic clock would jump weeks ahead to such a job as soon as a client polls and no other job is scheduled.
 */
export function applyExpiries(sim: Simulation): void {
    const now = sim.clock.now();
    const expired = sim.registry.list("alibaba", serverKind).filter(({ value }) => isExpired(value, now));
    if (expired.length > 0)
        sim.database.transaction(() => expired.forEach((server) => void applyExpiry(sim, server, now)));
}

function applyExpiry(sim: Simulation, { scope, id, value: server }: Placed<Server>, now: number): void {
    const store = sim.store(scope);
    if (server.autoRenewMonths !== undefined) {
        const period = periodMs(server.autoRenewMonths);
        const periods = Math.floor((now - server.expiresAt) / period) + 1;
        store.change(serverKind, id, { expiresAt: server.expiresAt + periods * period });
    } else if (now >= server.expiresAt + durationOf(sim, "expiredServerKept")) {
        release(store, id);
    } else if (server.status === "Running" || server.status === "Stopped") {
        // A server that is changing its status completes the change first.
        store.change(serverKind, id, { status: "Disabled" });
    }
}
