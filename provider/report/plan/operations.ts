import type { Operation } from "./plan";

/**
 * What each step of the engine means for its object: an operation of ours, one half of a replacement, which "replace"
 * stands for, or nothing, because only the stack's state changes. Reference: `StepOps` in the engine's deploy package.
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

/** Whether a step leaves every object as it is. */
export const isHarmless = (op: string): boolean => ["same", "none"].includes(meanings.get(op) ?? "");

/** What the engine calls the steps that decide. */
export function operationOf(op: string): Operation | undefined {
    const meaning = meanings.get(op);
    return meaning === "half" || meaning === "none" ? undefined : meaning;
}
