import type { Holdings } from "../lifecycle/releaseOrder";
import { durationOf, type Range } from "./durations";
import type { KnownHoldings } from "./holdings";
import type { Act } from "./order";
import { type PlannedRelease, plannedRelease, versionsLetGo } from "./releases";
import { undoOf } from "./undo";
import { erasedBy } from "./wipes";
import { deedOf, partsOfMaking, placeOf } from "./words";

/** One line of what a change is going to do. */
export interface Step {
    number: number;
    /** "create image" */
    deed: string;
    /** The resource's name in the program. */
    name: string;
    /** "in cn-hangzhou" */
    place: string;
    /** The object that is changed or taken away. */
    id?: string;
    /** Numbers of the steps that come before it. */
    waitsFor: number[];
    /** What is done one after the other within it; of a deletion, by the planner that carries it out. */
    parts: string[];
    /** What is lost for good. */
    erases?: string;
    /** What is left and goes on costing. */
    staysBehind: string[];
    /** Why it is going to fail. */
    blockedBy?: string;
    /** Seconds. */
    duration?: Range;
    /** Whether and how it can be undone. */
    undo: { isPossible: boolean; how: string };
}

export function stepsOf(acts: readonly Act[], known: KnownHoldings): Step[] {
    const numbers = new Map(acts.map((act, index) => [act, index + 1]));
    return acts.map((act, index): Step => {
        const { change, does } = act;
        const held: Holdings | undefined = known.byUrn.get(change.urn);
        const release: PlannedRelease =
            does === "delete"
                ? plannedRelease(act, held, acts.slice(0, index))
                : { parts: does === "create" ? partsOfMaking(act) : versionsLetGo(act), staysBehind: [] };
        const erases = erasedBy(act);
        const duration = durationOf(act);
        return {
            number: index + 1,
            deed: release.isKept ? deedOf(act).replace("delete", "keep") : deedOf(act),
            name: change.name,
            place: placeOf(act),
            ...(does !== "create" && change.olds?.id !== undefined && { id: change.olds.id }),
            waitsFor: act.waitsFor.flatMap((other) => numbers.get(other) ?? []).sort((a, b) => a - b),
            parts: release.parts,
            ...(erases !== undefined && { erases }),
            staysBehind: release.staysBehind,
            ...(release.blockedBy !== undefined && { blockedBy: release.blockedBy }),
            ...(duration && { duration }),
            undo: undoOf(act, { isKept: release.isKept === true || release.blockedBy !== undefined, erases }),
        };
    });
}
