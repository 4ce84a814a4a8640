import type { PlannedChange } from "../preview/plan";
import { deletedFirst } from "./replacement";

/** Something that is made, changed or taken away; a replacement is two of them. */
export interface Act {
    change: PlannedChange;
    does: "create" | "update" | "delete";
    /** Whether it is half of a replacement. */
    isReplacement: boolean;
    /** Whether the object goes only because something that it depends on has to go first. */
    isForced?: boolean;
    /** The acts that come before it. */
    waitsFor: Act[];
}

/**
 * What a preview's changes come to, in the order in which the engine does it: what is made and changed in the order of
 * the program, each object that has to go first right before its successor, and all other deletions at the end, what
 * depends on something before that.
 */
export function orderOf(changes: readonly PlannedChange[]): Act[] {
    const first = deletedFirst(changes);
    const acts: Act[] = [];
    const making = new Map<string, Act>();
    const going = new Map<string, Act>();

    const made = (urns: readonly string[] = []) => urns.flatMap((urn) => making.get(urn) ?? []);

    const take = (change: PlannedChange, after: readonly Act[], isForced = false) => {
        if (going.has(change.urn)) return;
        const isReplacement = change.operation === "replace";
        const act: Act = { change, does: "delete", isReplacement, isForced, waitsFor: [] };
        going.set(change.urn, act);
        const dependents = changes.filter(({ olds }) => olds?.dependencies.includes(change.urn));
        const goneBefore = dependents.flatMap(({ urn }) => going.get(urn) ?? []);
        act.waitsFor = [...new Set([...after, ...goneBefore])];
        acts.push(act);
    };
    /** @param cause whose turn it is: its new inputs must be known before anything goes */
    const takeBefore = (change: PlannedChange, cause: PlannedChange) => {
        if (!first.has(change.urn)) return;
        for (const dependent of changes) {
            if (dependent.olds?.dependencies.includes(change.urn)) takeBefore(dependent, cause);
        }
        take(change, made(cause.news?.dependencies), change !== cause);
    };

    for (const change of changes) {
        const { operation } = change;
        if (operation !== "create" && operation !== "update" && operation !== "replace") continue;
        takeBefore(change, change);
        const does = operation === "update" ? "update" : "create";
        const own = going.get(change.urn);
        const act: Act = {
            change,
            does,
            isReplacement: operation === "replace",
            waitsFor: [...made(change.news?.dependencies), ...(own ? [own] : [])],
        };
        making.set(change.urn, act);
        acts.push(act);
    }

    const users = (urn: string) => changes.flatMap((other) => (other.olds?.dependencies.includes(urn) ? [other] : []));
    for (const change of lastOnes(changes, first)) {
        // With what stays and moves on to something else, such as a disk that gets another image.
        const moved = users(change.urn).map(({ urn }) => urn);
        take(change, made([change.urn, ...moved]));
    }
    return acts;
}

/** What goes at the end: in layers of what nothing depends on any more. */
function lastOnes(changes: readonly PlannedChange[], first: ReadonlySet<string>): PlannedChange[] {
    let left = changes.filter(
        ({ operation, urn }) => (operation === "delete" || operation === "replace") && !first.has(urn),
    );
    const ordered: PlannedChange[] = [];
    while (left.length > 0) {
        const needed = new Set(left.flatMap(({ olds }) => olds?.dependencies ?? []));
        const free = left.filter(({ urn }) => !needed.has(urn));
        // A circle cannot be; whatever is in one still has to be told.
        const layer = free.length > 0 ? free : left;
        ordered.push(...layer);
        left = left.filter((change) => !layer.includes(change));
    }
    return ordered;
}
