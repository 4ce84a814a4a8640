import type { HandlerName } from "../../pulumi/dynamic/resource";
import type { Dependents } from "../../reconcile/deletionPlan";
import type { KnownDependents } from "../cloudState/dependents";
import { isFree } from "../plan/billedKind";
import { isImage } from "../plan/facts";
import { type Duration, durationOf } from "./durations";
import type { History } from "./history";
import type { PlannedAction } from "./order";
import { Past } from "./past";
import { type DeletedWith, type PlannedRelease, plannedRelease, plannedUpdate } from "./releases";
import { type Undo, undoOf } from "./undo";
import { withVersions } from "./versionReleases";
import { erasedBy } from "./wipes";
import { creationParts, operationText, placeOf } from "./words";

/** One step of a change. */
export interface Step {
    number: number;
    /** "keep": the resource is deleted or replaced, but its object stays in the cloud. */
    operation: PlannedAction["operation"] | "keep";
    type: HandlerName;
    /** The operation in plain words: "create image". */
    deed: string;
    /** The resource's name in the program. */
    name: string;
    /** "in cn-hangzhou" */
    place: string;
    /** The object that is changed or deleted. */
    id?: string;
    /** Numbers of the steps that must finish before it starts. */
    waitsFor: number[];
    /** The parts of the step, in their order; for a deletion, those of the deletion plan that `up` runs. */
    parts: string[];
    /** Children and earlier versions that the step deletes in addition to the object. */
    deletes?: DeletedWith[];
    /** Recipients that an update removes from a share. */
    unshares?: string[];
    /** The disk that is wiped, or the server that is deleted together with disks. */
    erases?: string;
    /** What stays in the cloud, and whether it is billed. */
    staysBehind: string[];
    /** Why the step will fail. */
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
        actions.flatMap(({ change, operation }, index) => {
            const isDeleted = operation === "delete" && isImage(change) && !isObjectKept(releases[index]);
            return isDeleted && change.olds?.id !== undefined ? [[change.olds.id, index + 1] as const] : [];
        }),
    );
    return actions.map((action, index): Step => {
        const { change, operation } = action;
        const release = releases[index] ?? { parts: [], staysBehind: [] };
        const { isKept = false, deletes = [], unshares = [], blockedBy } = release;
        const erases = erasedBy(action);
        // No call is made for an object that stays.
        const duration = isObjectKept(release) ? undefined : durationOf(action, history);
        return {
            number: index + 1,
            operation: isKept ? "keep" : operation,
            type: change.type,
            deed: operationText(change.type, isKept ? "keep" : operation),
            name: change.name,
            place: placeOf(action),
            ...(operation !== "create" && change.olds?.id !== undefined && { id: change.olds.id }),
            waitsFor: action.waitsFor.flatMap((other) => numbers.get(other) ?? []).sort((a, b) => a - b),
            parts: release.parts,
            ...(deletes.length > 0 && { deletes }),
            ...(unshares.length > 0 && { unshares }),
            ...(erases !== undefined && { erases }),
            staysBehind: release.staysBehind.map((what) => `${what} (${isFree(change) ? "free" : "billed"})`),
            ...(blockedBy !== undefined && { blockedBy }),
            ...(duration && { duration }),
            undo: undoOf(action, { isKept, isBlocked: blockedBy !== undefined, erases, laterDeletions }),
        };
    });
}

function releaseOf(action: PlannedAction, past: Past, known: KnownDependents): PlannedRelease {
    const { urn } = action.change;
    const held: Dependents | undefined = known.byUrn.get(urn);
    return withVersions(withoutVersions(action, held, past), action, { versions: known.versions.get(urn) ?? [], past });
}

function withoutVersions(action: PlannedAction, held: Dependents | undefined, past: Past): PlannedRelease {
    switch (action.operation) {
        case "create":
            return { parts: creationParts(action).map(({ text }) => text), staysBehind: [] };
        case "update":
            return plannedUpdate(action);
        case "delete":
            return plannedRelease(action, held, past);
    }
}

const isObjectKept = (release: PlannedRelease | undefined) =>
    release?.isKept === true || release?.blockedBy !== undefined;
