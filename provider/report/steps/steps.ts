import type { Holdings } from "../../lifecycle/releaseOrder";
import type { KnownHoldings } from "../known/holdings";
import { isFree } from "../preview/billedKind";
import { isImage } from "../preview/facts";
import { type Duration, durationOf } from "./durations";
import type { History } from "./history";
import type { Act } from "./order";
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

export function stepsOf(acts: readonly Act[], known: KnownHoldings, history: History): Step[] {
    const numbers = new Map(acts.map((act, index) => [act, index + 1]));
    const past = new Past();
    const releases = acts.map((act) => {
        const release = releaseOf(act, past, known);
        past.add(act);
        return release;
    });
    const laterDeletions = new Map(
        acts.flatMap(({ change, does }, index) => {
            const isGone = does === "delete" && isImage(change) && !staysThere(releases[index]);
            return isGone && change.olds?.id !== undefined ? [[change.olds.id, index + 1] as const] : [];
        }),
    );
    return acts.map((act, index): Step => {
        const { change, does } = act;
        const release = releases[index] ?? { parts: [], staysBehind: [] };
        const erases = erasedBy(act);
        // What stays takes no time.
        const duration = staysThere(release) ? undefined : durationOf(act, history);
        return {
            number: index + 1,
            deed: release.isKept ? deedOf(act).replace("delete", "keep") : deedOf(act),
            name: change.name,
            place: placeOf(act),
            ...(does !== "create" && change.olds?.id !== undefined && { id: change.olds.id }),
            waitsFor: act.waitsFor.flatMap((other) => numbers.get(other) ?? []).sort((a, b) => a - b),
            parts: release.parts,
            ...(erases !== undefined && { erases }),
            staysBehind: release.staysBehind.map((what) => `${what} (${isFree(change) ? "free" : "billed"})`),
            ...(release.blockedBy !== undefined && { blockedBy: release.blockedBy }),
            ...(duration && { duration }),
            undo: undoOf(act, {
                isKept: release.isKept === true,
                isBlocked: release.blockedBy !== undefined,
                erases,
                laterDeletions,
            }),
        };
    });
}

function releaseOf(act: Act, past: Past, known: KnownHoldings): PlannedRelease {
    const { urn } = act.change;
    const held: Holdings | undefined = known.byUrn.get(urn);
    const own: PlannedRelease =
        act.does === "delete"
            ? plannedRelease(act, held, past)
            : { parts: act.does === "create" ? partsOfMaking(act) : partsOfUpdate(act), staysBehind: [] };
    return withVersions(own, act, { versions: known.versions.get(urn) ?? [], past });
}

const staysThere = (release: PlannedRelease | undefined) =>
    release?.isKept === true || release?.blockedBy !== undefined;
