import type { PlannedChange } from "../plan/plan";
import { deletedFirst } from "./replacement";

/** Something that is made, changed or taken away; a replacement is two of them. */
export interface PlannedAction {
    change: PlannedChange;
    does: "create" | "update" | "delete";
    /** Whether it is half of a replacement. */
    isReplacement: boolean;
    /** Whether the object goes only because something that it depends on has to go first. */
    isForced?: boolean;
    /** The acts that come before it. */
    waitsFor: PlannedAction[];
}

/**
 * What a preview's changes come to, in the order in which the engine does it: what is made and changed in the order of
 * the program, each object that has to go first right before its successor, and all other deletions at the end, what
 * depends on something before that.
 */
export function orderOf(changes: readonly PlannedChange[]): PlannedAction[] {
    const first = deletedFirst(changes);
    const usersOf = dependentsByUrn(changes);
    const actions: PlannedAction[] = [];
    const making = new Map<string, PlannedAction>();
    const going = new Map<string, PlannedAction>();

    const made = (urns: readonly string[] = []) => urns.flatMap((urn) => making.get(urn) ?? []);

    const take = (change: PlannedChange, after: readonly PlannedAction[], isForced = false) => {
        if (going.has(change.urn)) return;
        const isReplacement = change.operation === "replace";
        const action: PlannedAction = { change, does: "delete", isReplacement, isForced, waitsFor: [] };
        going.set(change.urn, action);
        const goneBefore = usersOf(change.urn).flatMap(({ urn }) => going.get(urn) ?? []);
        action.waitsFor = [...new Set([...after, ...goneBefore])].filter((other) => other !== action);
        actions.push(action);
    };
    /** What depends on it goes before it. @param cause whose turn it is: its new inputs are known before anything goes */
    const takeBefore = (cause: PlannedChange) => {
        if (!first.has(cause.urn)) return;
        const after = made(cause.news?.dependencies);
        const entered = new Set([cause.urn]);
        // Without recursion, because chains of dependencies are as long as programs.
        const open = [{ change: cause, users: usersOf(cause.urn), next: 0 }];
        for (let top = open.at(-1); top; top = open.at(-1)) {
            const user = top.users[top.next++];
            if (user === undefined) {
                open.pop();
                take(top.change, after, top.change !== cause);
            } else if (first.has(user.urn) && !going.has(user.urn) && !entered.has(user.urn)) {
                entered.add(user.urn);
                open.push({ change: user, users: usersOf(user.urn), next: 0 });
            }
        }
    };

    for (const change of changes) {
        const { operation } = change;
        if (operation !== "create" && operation !== "update" && operation !== "replace") continue;
        if (!going.has(change.urn)) takeBefore(change);
        const does = operation === "update" ? "update" : "create";
        const own = going.get(change.urn);
        const action: PlannedAction = {
            change,
            does,
            isReplacement: operation === "replace",
            waitsFor: [...made(change.news?.dependencies), ...(own ? [own] : [])],
        };
        making.set(change.urn, action);
        actions.push(action);
    }

    for (const change of lastOnes(changes, first)) {
        // With what stays and moves on to something else, such as a disk that gets another image.
        const moved = usersOf(change.urn).map(({ urn }) => urn);
        take(change, made([change.urn, ...moved]));
    }
    return actions;
}

/** The changes whose old objects depend on something, by its URN. */
function dependentsByUrn(changes: readonly PlannedChange[]): (urn: string) => readonly PlannedChange[] {
    const users = new Map<string, PlannedChange[]>();
    for (const change of changes) {
        for (const urn of new Set(change.olds?.dependencies)) {
            const others = users.get(urn);
            if (others) others.push(change);
            else users.set(urn, [change]);
        }
    }
    return (urn) => users.get(urn) ?? [];
}

/** What goes at the end: in layers of what nothing depends on any more. */
function lastOnes(changes: readonly PlannedChange[], first: ReadonlySet<string>): PlannedChange[] {
    const leaving = changes.filter(
        ({ operation, urn }) => (operation === "delete" || operation === "replace") && !first.has(urn),
    );
    const places = new Map(leaving.map(({ urn }, index) => [urn, index]));
    const needs = leaving.map(({ olds }) => [...new Set(olds?.dependencies)].flatMap((urn) => places.get(urn) ?? []));
    const usersLeft = leaving.map(() => 0);
    for (const index of needs.flat()) usersLeft[index] = (usersLeft[index] ?? 0) + 1;
    const ordered: PlannedChange[] = [];
    const isDone = leaving.map(() => false);
    let layer = [...leaving.keys()].filter((index) => usersLeft[index] === 0);
    while (layer.length > 0) {
        const freed: number[] = [];
        for (const index of layer) {
            const change = leaving[index];
            if (change) ordered.push(change);
            isDone[index] = true;
            for (const needed of needs[index] ?? []) {
                const left = (usersLeft[needed] ?? 0) - 1;
                usersLeft[needed] = left;
                if (left === 0) freed.push(needed);
            }
        }
        layer = freed.sort((a, b) => a - b);
    }
    // A circle cannot be; whatever is in one still has to be told.
    return [...ordered, ...leaving.filter((_change, index) => !isDone[index])];
}
