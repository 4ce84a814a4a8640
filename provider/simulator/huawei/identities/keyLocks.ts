import { kind, type Scope } from "../../core/kinds";
import type { Quota } from "../../core/quotas";
import type { Simulation } from "../../core/simulation";

/**
 * Five consecutive failures lock a key for five minutes (docs/reference/huawei-api.md#signature-errors). Off by
 * default: tests send many wrong signatures.
 */
export const wrongSignatures: Quota = {
    name: "huawei.iam.wrongSignatures",
    value: 0,
    what: "consecutive wrong signatures that lock an access key for 5 minutes; 0 disables the lock",
    source: "docs/reference/huawei-api.md#signature-errors: 5",
};

const lockMs = 5 * 60 * 1000;

interface Failures {
    readonly count: number;
    readonly lockedUntil: number;
}

/** Wrong signatures since the last correct one, by access key. */
const failures = kind<Failures>("huawei.keyFailures", { isRecord: true });

export function isLocked(sim: Simulation, scope: Scope, accessKeyId: string): boolean {
    return (sim.store(scope).get(failures, accessKeyId)?.lockedUntil ?? 0) > sim.clock.now();
}

/** Records whether a signature was correct. */
export function recordSignature(sim: Simulation, scope: Scope, accessKeyId: string, isGenuine: boolean): void {
    const most = sim.quotas.of(wrongSignatures);
    if (most === 0) return;
    const store = sim.store(scope);
    if (isGenuine) {
        store.delete(failures, accessKeyId);
        return;
    }
    const count = (store.get(failures, accessKeyId)?.count ?? 0) + 1;
    const isFull = count >= most;
    store.put(failures, accessKeyId, {
        count: isFull ? 0 : count,
        lockedUntil: isFull ? sim.clock.now() + lockMs : 0,
    });
}
