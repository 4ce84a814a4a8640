import { openSimulation } from "../provider/dist/simulator/index.js";

/** What the clouds of an embedded simulator hold, as JSON by "kind id". @param data its file; ":memory:" for new clouds */
export function heldIn(data: string): ReadonlyMap<string, string> {
    const sim = openSimulation({ data });
    try {
        return new Map(sim.registry.objects().map(({ kind, id, value }) => [`${kind} ${id}`, textOf(value)]));
    } finally {
        sim.close();
    }
}

/** Without the end of a server that renews itself: time alone moves it, and earlier versions set an earlier one. */
function textOf(value: unknown): string {
    return JSON.stringify(value, function (key, part) {
        return key === "expiresAt" && "autoRenewMonths" in this ? undefined : part;
    });
}

/** What clouds hold more, less or otherwise than new ones. */
export function leftIn(now: ReadonlyMap<string, string>): string[] {
    const before = heldIn(":memory:");
    return [...new Set([...now.keys(), ...before.keys()])]
        .filter((name) => now.get(name) !== before.get(name))
        .map((name) => `${now.has(name) ? (before.has(name) ? "changed" : "more") : "missing"}: ${name}`);
}
