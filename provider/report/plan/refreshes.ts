import { driftBetween } from "./driftBetween";
import { type EngineStep, ownType, resourceState } from "./engineState";
import { objectOf } from "./facts";
import type { PlannedChange } from "./plan";

/**
 * The drift that `pulumi preview --refresh` found. Its refresh steps show the state, and the steps after them show what
 * was read.
 */
export function refreshedDrift(steps: readonly EngineStep[]): string[] {
    // Maps each URN to its first step other than the refresh.
    const decided = new Map<string, EngineStep>();
    for (const step of [...steps].reverse()) if (step.op !== "refresh") decided.set(step.urn, step);
    return steps.flatMap((step) => {
        const type = ownType(step.urn);
        if (step.op !== "refresh" || type === undefined || !step.olds) return [];
        const before = resourceState(step.olds);
        const name = step.urn.split("::").at(-1) ?? step.urn;
        const change: PlannedChange = {
            urn: step.urn,
            type,
            name,
            operation: "same",
            olds: before,
            replaceReasons: [],
            differences: [],
        };
        const later = decided.get(step.urn);
        if (!later?.olds) return later?.op === "create" ? [`${objectOf(change)} does not exist any more`] : [];
        return driftBetween(objectOf(change), before.inputs, resourceState(later.olds).inputs);
    });
}
