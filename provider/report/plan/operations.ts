import type { Operation } from "./plan";

/**
 * What each step of the engine means for its object: an operation; "half" of a replacement, which its "replace" step
 * represents; or "none", because only the stack's state changes. Reference: `StepOps` in the engine's deploy package.
 */
const meanings: ReadonlyMap<string, Operation | "half" | "none"> = new Map([
    ["same", "same"],
    ["create", "create"],
    ["update", "update"],
    ["replace", "replace"],
    ["delete", "delete"],
    ["create-replacement", "half"],
    ["delete-replaced", "half"],
    ["read", "none"],
    ["read-replacement", "half"],
    ["refresh", "none"],
    ["discard", "none"],
    ["discard-replaced", "none"],
    ["remove-pending-replace", "none"],
    ["import", "none"],
    ["import-replacement", "half"],
    ["diff", "none"],
    ["extend-parameterize", "none"],
]);

export const isKnownStep = (op: string): boolean => meanings.has(op);

/** Whether a step changes no object. */
export const isHarmless = (op: string): boolean => ["same", "none"].includes(meanings.get(op) ?? "");

/** The operation of a step; undefined if the step is half of a replacement, changes no object or is unknown. */
export function operationOf(op: string): Operation | undefined {
    const meaning = meanings.get(op);
    return meaning === "half" || meaning === "none" ? undefined : meaning;
}
