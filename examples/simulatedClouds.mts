import { openSimulation } from "../provider/dist/simulator/index.js";

/** The objects of an embedded simulator, as JSON by "kind id". @param data its data file; ":memory:" for new clouds */
export function heldIn(data: string): ReadonlyMap<string, string> {
    const sim = openSimulation({ data });
    try {
        return new Map(sim.registry.objects().map(({ kind, id, value }) => [`${kind} ${id}`, textOf(value)]));
    } finally {
        sim.close();
    }
}

/** Omits the expiry of a server with automatic renewal, which changes with time and between versions. */
function textOf(value: unknown): string {
    return JSON.stringify(value, function (key, part) {
        return key === "expiresAt" && "autoRenewMonths" in this ? undefined : part;
    });
}

/** The differences between the objects now and the initial objects. */
export function leftIn(now: ReadonlyMap<string, string>): string[] {
    const before = heldIn(":memory:");
    return [...new Set([...now.keys(), ...before.keys()])]
        .filter((name) => now.get(name) !== before.get(name))
        .map((name) => `${now.has(name) ? (before.has(name) ? "changed" : "added") : "missing"}: ${name}`);
}
