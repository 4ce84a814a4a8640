import type { Dependents } from "../../reconcile/deletionPlan";
import type { KnownDependents } from "../cloudState/dependents";
import { isFree } from "../plan/billedKind";
import { isImage } from "../plan/facts";
import { type Duration, durationOf } from "./durations";
import type { History } from "./history";
import type { PlannedAction } from "./order";
import { Past } from "./past";
import { type PlannedRelease, partsOfUpdate, plannedRelease } from "./releases";
import { type Undo, undoOf } from "./undo";
import { withVersions } from "./versionReleases";
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
    duration?: Duration;
    undo: Undo;
}

export function stepsOf(actions: readonly PlannedAction[], known: KnownDependents, history: History): Step[] {
    const numbers = new Map(actions.map((action, index) => [action, index + 1]));
    const past = new Past();
    const releases = actions.map((action) => {
        const release = releaseOf(action, past, known);
        past.add(action);
        return release;
    });
    const laterDeletions = new Map(
        actions.flatMap(({ change, does }, index) => {
            const isGone = does === "delete" && isImage(change) && !staysThere(releases[index]);
            return isGone && change.olds?.id !== undefined ? [[change.olds.id, index + 1] as const] : [];
        }),
    );
    return actions.map((action, index): Step => {
        const { change, does } = action;
        const release = releases[index] ?? { parts: [], staysBehind: [] };
        const erases = erasedBy(action);
        // What stays takes no time.
        const duration = staysThere(release) ? undefined : durationOf(action, history);
        return {
            number: index + 1,
            deed: release.isKept ? deedOf(action).replace("delete", "keep") : deedOf(action),
            name: change.name,
            place: placeOf(action),
            ...(does !== "create" && change.olds?.id !== undefined && { id: change.olds.id }),
            waitsFor: action.waitsFor.flatMap((other) => numbers.get(other) ?? []).sort((a, b) => a - b),
            parts: release.parts,
            ...(erases !== undefined && { erases }),
            staysBehind: release.staysBehind.map((what) => `${what} (${isFree(change) ? "free" : "billed"})`),
            ...(release.blockedBy !== undefined && { blockedBy: release.blockedBy }),
            ...(duration && { duration }),
            undo: undoOf(action, {
                isKept: release.isKept === true,
                isBlocked: release.blockedBy !== undefined,
                erases,
                laterDeletions,
            }),
        };
    });
}

function releaseOf(action: PlannedAction, past: Past, known: KnownDependents): PlannedRelease {
    const { urn } = action.change;
    const held: Dependents | undefined = known.byUrn.get(urn);
    const own: PlannedRelease =
        action.does === "delete"
            ? plannedRelease(action, held, past)
            : { parts: action.does === "create" ? partsOfMaking(action) : partsOfUpdate(action), staysBehind: [] };
    return withVersions(own, action, { versions: known.versions.get(urn) ?? [], past });
}

const staysThere = (release: PlannedRelease | undefined) =>
    release?.isKept === true || release?.blockedBy !== undefined;
