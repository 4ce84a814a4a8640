import { driftBetween } from "./driftBetween";
import { type EngineStep, ownType, resourceState } from "./engineState";
import { objectOf } from "./facts";
import type { PlannedChange } from "./plan";

/**
 * What `pulumi preview --refresh` found to be different from the state: its refresh steps still show the state, and the
 * steps after them what was read.
 */
export function refreshedDrift(steps: readonly EngineStep[]): string[] {
    return steps.flatMap((step, index) => {
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
        const later = steps.slice(index + 1).find(({ op, urn }) => urn === step.urn && op !== "refresh");
        if (!later?.olds) return later?.op === "create" ? [`${objectOf(change)} is gone`] : [];
        return driftBetween(objectOf(change), before.inputs, resourceState(later.olds).inputs);
    });
}
