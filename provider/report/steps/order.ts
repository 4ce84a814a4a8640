import type { PlannedChange } from "../plan/plan";
import { deletedFirst } from "./replacement";

/** One operation on one object. A replacement consists of two: a creation and a deletion. */
export interface PlannedAction {
    change: PlannedChange;
    operation: "create" | "update" | "delete";
    /** Whether it is half of a replacement. */
    isReplacement: boolean;
    /** Whether the object is deleted early only because something that it depends on must be deleted first. */
    isForced?: boolean;
    /** The actions that must finish before it starts. */
    waitsFor: PlannedAction[];
}

/**
 * The actions of a preview, in the order in which the engine runs them: creations and updates in the order of the
 * program; each object that must be deleted first directly before its successor is created; all other deletions at the
 * end, dependents first.
 */
export function orderOf(changes: readonly PlannedChange[]): PlannedAction[] {
    const first = deletedFirst(changes);
    const dependentsOf = dependentsByUrn(changes);
    const actions: PlannedAction[] = [];
    /** Creations and updates, by URN. */
    const writes = new Map<string, PlannedAction>();
    const deletions = new Map<string, PlannedAction>();

    const writesOf = (urns: readonly string[] = []) => urns.flatMap((urn) => writes.get(urn) ?? []);

    const addDeletion = (change: PlannedChange, after: readonly PlannedAction[], isForced = false) => {
        if (deletions.has(change.urn)) return;
        const isReplacement = change.operation === "replace";
        const action: PlannedAction = { change, operation: "delete", isReplacement, isForced, waitsFor: [] };
        deletions.set(change.urn, action);
        const ofDependents = dependentsOf(change.urn).flatMap(({ urn }) => deletions.get(urn) ?? []);
        action.waitsFor = [...new Set([...after, ...ofDependents])].filter((other) => other !== action);
        actions.push(action);
    };
    /**
     * Deletes the old object of `cause` and its dependents, dependents first. The deletions wait for what the new
     * inputs of `cause` refer to, because the engine evaluates these inputs first.
     */
    const addDeletionsBefore = (cause: PlannedChange) => {
        if (!first.has(cause.urn)) return;
        const after = writesOf(cause.news?.dependencies);
        const entered = new Set([cause.urn]);
        // Iterative, because a chain of dependencies can be as long as the program.
        const open = [{ change: cause, dependents: dependentsOf(cause.urn), next: 0 }];
        for (let top = open.at(-1); top; top = open.at(-1)) {
            const dependent = top.dependents[top.next++];
            if (dependent === undefined) {
                open.pop();
                addDeletion(top.change, after, top.change !== cause);
            } else if (first.has(dependent.urn) && !deletions.has(dependent.urn) && !entered.has(dependent.urn)) {
                entered.add(dependent.urn);
                open.push({ change: dependent, dependents: dependentsOf(dependent.urn), next: 0 });
            }
        }
    };

    for (const change of changes) {
        const { operation } = change;
        if (operation !== "create" && operation !== "update" && operation !== "replace") continue;
        if (!deletions.has(change.urn)) addDeletionsBefore(change);
        const deletion = deletions.get(change.urn);
        const action: PlannedAction = {
            change,
            operation: operation === "update" ? "update" : "create",
            isReplacement: operation === "replace",
            waitsFor: [...writesOf(change.news?.dependencies), ...(deletion ? [deletion] : [])],
        };
        writes.set(change.urn, action);
        actions.push(action);
    }

    for (const change of deletedLast(changes, first)) {
        // The deletion also waits for dependents that stay and change, such as a disk that gets another image.
        const dependents = dependentsOf(change.urn).map(({ urn }) => urn);
        addDeletion(change, writesOf([change.urn, ...dependents]));
    }
    return actions;
}

/** The changes whose old objects depend on a resource, by the URN of that resource. */
function dependentsByUrn(changes: readonly PlannedChange[]): (urn: string) => readonly PlannedChange[] {
    const dependents = new Map<string, PlannedChange[]>();
    for (const change of changes) {
        for (const urn of new Set(change.olds?.dependencies)) {
            const others = dependents.get(urn);
            if (others) others.push(change);
            else dependents.set(urn, [change]);
        }
    }
    return (urn) => dependents.get(urn) ?? [];
}

/** What is deleted at the end, in layers: each layer holds the objects that nothing depends on any more. */
function deletedLast(changes: readonly PlannedChange[], first: ReadonlySet<string>): PlannedChange[] {
    const deleted = changes.filter(
        ({ operation, urn }) => (operation === "delete" || operation === "replace") && !first.has(urn),
    );
    const places = new Map(deleted.map(({ urn }, index) => [urn, index]));
    const needs = deleted.map(({ olds }) => [...new Set(olds?.dependencies)].flatMap((urn) => places.get(urn) ?? []));
    const dependentsLeft = deleted.map(() => 0);
    for (const index of needs.flat()) dependentsLeft[index] = (dependentsLeft[index] ?? 0) + 1;
    const ordered: PlannedChange[] = [];
    const isDone = deleted.map(() => false);
    let layer = [...deleted.keys()].filter((index) => dependentsLeft[index] === 0);
    while (layer.length > 0) {
        const freed: number[] = [];
        for (const index of layer) {
            const change = deleted[index];
            if (change) ordered.push(change);
            isDone[index] = true;
            for (const needed of needs[index] ?? []) {
                const left = (dependentsLeft[needed] ?? 0) - 1;
                dependentsLeft[needed] = left;
                if (left === 0) freed.push(needed);
            }
        }
        layer = freed.sort((a, b) => a - b);
    }
    // The engine allows no dependency cycle. If a preview has one, its objects are still listed.
    return [...ordered, ...deleted.filter((_change, index) => !isDone[index])];
}
