import { openSimulation } from "../provider/dist/simulator/index.js";

/** What the clouds of an embedded simulator hold, as JSON by "kind id". @param data its file; ":memory:" for new clouds */
export function heldIn(data: string): ReadonlyMap<string, string> {
    const sim = openSimulation({ data });
    try {
        return new Map(sim.registry.holdings().map(({ kind, id, value }) => [`${kind} ${id}`, JSON.stringify(value)]));
    } finally {
        sim.close();
    }
}

/** What clouds hold more, less or otherwise than new ones. */
export function leftIn(now: ReadonlyMap<string, string>): string[] {
    const before = heldIn(":memory:");
    return [...new Set([...now.keys(), ...before.keys()])]
        .filter((name) => now.get(name) !== before.get(name))
        .map((name) => `${now.has(name) ? (before.has(name) ? "changed" : "more") : "missing"}: ${name}`);
}
