import type { EngineStep } from "./engineState";
import type { PlannedChange } from "./plan";

/** Identifies an object by the resource that held it last and its id. */
export const objectKey = (urn: string, id: string | undefined): string => JSON.stringify([urn, id ?? ""]);

/**
 * The deletions that are not half of a replacement in the same preview: of objects that an earlier run replaced but
 * could not delete, and of resources that left the program while something that they depend on is replaced.
 */
export function separateDeletions(steps: readonly EngineStep[]): ReadonlySet<EngineStep> {
    const replaced = new Map<string, number>();
    for (const { op, urn, olds } of steps) {
        if (op !== "replace") continue;
        // With an alias, the old object has the old URN.
        const key = objectKey(olds?.urn ?? urn, olds?.id);
        replaced.set(key, (replaced.get(key) ?? 0) + 1);
    }
    const separate = new Set<EngineStep>();
    for (const step of steps) {
        if (step.op !== "delete-replaced") continue;
        const key = objectKey(step.olds?.urn ?? step.urn, step.olds?.id);
        const left = replaced.get(key) ?? 0;
        if (left > 0) replaced.set(key, left - 1);
        else separate.add(step);
    }
    return separate;
}

/**
 * Gives each change a unique URN. An old object that depends on a resource then also depends on the objects of that
 * resource that wait for their deletion.
 */
export function withKeys(changes: readonly PlannedChange[]): PlannedChange[] {
    const used = new Set<string>();
    const pending = new Map<string, string[]>();
    const keyed = changes.map((change): PlannedChange => {
        const { urn, isPendingDeletion, olds } = change;
        const first = isPendingDeletion ? `${urn} ${olds?.id ?? ""}` : urn;
        let key = first;
        for (let number = 2; used.has(key); number++) key = `${first} (${number})`;
        used.add(key);
        if (key !== urn) {
            const others = pending.get(urn);
            if (others) others.push(key);
            else pending.set(urn, [key]);
        }
        return { ...change, urn: key };
    });
    if (pending.size === 0) return keyed;
    return keyed.map((change) => {
        const { olds, operation } = change;
        if (!olds || (operation !== "delete" && operation !== "replace")) return change;
        const others = olds.dependencies.flatMap((urn) => pending.get(urn) ?? []).filter((key) => key !== change.urn);
        if (others.length === 0) return change;
        return { ...change, olds: { ...olds, dependencies: [...olds.dependencies, ...others] } };
    });
}
