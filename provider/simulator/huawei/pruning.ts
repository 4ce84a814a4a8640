import type { Kind } from "../core/kinds";
import type { Simulation } from "../core/simulation";
import { clientTokens } from "./ecs/clientTokens";
import { tokens } from "./identities/tokens";
import { jobs } from "./jobs/jobs";

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

/** The setting for the time of the last pruning. */
const prunedSetting = "huawei.prunedAt";

/** Deletes expired tokens, client tokens and ended jobs that are more than a day old. Runs at most once an hour. */
export function prune(sim: Simulation): void {
    const now = sim.clock.now();
    const last = sim.settings.get<number>(prunedSetting);
    if (last !== undefined && now - last < hourMs) return;
    sim.settings.set(prunedSetting, now);
    if (last === undefined) return;
    forget(sim, tokens, ({ expiresAt }) => expiresAt < now - dayMs);
    forget(sim, clientTokens, ({ at }) => at < now - dayMs);
    forget(sim, jobs, ({ endAt }) => endAt !== null && endAt < now - dayMs);
}

function forget<T>(sim: Simulation, kind: Kind<T>, isOld: (value: T) => boolean): void {
    for (const { scope, id, value } of sim.registry.list("huawei", kind)) {
        if (isOld(value)) sim.store(scope).delete(kind, id);
    }
}
