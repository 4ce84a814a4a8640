import assert from "node:assert/strict";
import { type CloudObject, isAmong, isPending, keyFor, keyIn } from "./ownedObjects.ts";

/** An object that an interrupted run created, and that no state holds. */
interface Open {
    readonly id: string;
    /** The stack whose run it was. */
    stack: object;
    /** The resources one of which created it, until each has been run again. */
    names: readonly string[];
}

/** A resource of a program or state: its name, and its short URN without stack and project. */
export interface Named {
    readonly name: string;
    readonly local: string;
}

/** What interrupted runs left, until the next run of the same resource adopts it, deletes it or names it. */
export class OpenObjects {
    private open: Open[] = [];
    /** What a warning named: it stays until a person deletes it. */
    private readonly named = new Set<string>();
    /** What a run could not see, because it was created later. */
    private readonly late = new Set<string>();
    private readonly isTold: (id: string, isLate: boolean) => boolean;
    private readonly isTraceless: (object: CloudObject) => boolean;

    /**
     * @param isTold whether the user was told of an object, where that is enough
     * @param isTraceless whether nothing can tell whose the object is
     */
    constructor(isTold: (id: string, isLate: boolean) => boolean, isTraceless: (object: CloudObject) => boolean) {
        this.isTold = isTold;
        this.isTraceless = isTraceless;
    }

    /** Notes that a warning named an object. */
    name(id: string): void {
        this.named.add(id);
    }

    /** Notes what an interrupted run left. */
    note(stack: object, objects: readonly CloudObject[], resources: readonly Named[]): void {
        for (const object of objects) {
            if (this.open.some(({ id }) => id === object.id)) continue;
            const key = keyIn(object);
            const its = resources.filter(({ local }) => key === undefined || keyFor(local) === key);
            this.open.push({ id: object.id, stack, names: [...new Set(its.map(({ name }) => name))] });
        }
    }

    /** Notes what has been created since, of an order of an interrupted run. */
    noteLate(
        stack: object,
        seen: {
            readonly objects: readonly CloudObject[];
            readonly before: readonly CloudObject[];
            readonly held: ReadonlySet<string>;
        },
        resources: readonly Named[],
    ): void {
        const { objects, before, held } = seen;
        const isOfRun = (one: CloudObject) => resources.some(({ local }) => keyFor(local) === keyIn(one));
        const isNew = (one: CloudObject) => isPending(one) && !before.some(({ id }) => id === one.id);
        const late = objects.filter((one) => isNew(one) && isOfRun(one));
        for (const { id } of late) this.late.add(id);
        this.note(
            stack,
            late.filter((one) => !isAmong(one, held, objects)),
            resources,
        );
    }

    /** The resources of a stack that have to be run again. */
    namesOf(stack: object): string[] {
        return this.open.filter((one) => one.stack === stack).flatMap(({ names }) => names);
    }

    /** Whether all that is open and may be of these resources of the stack is of nothing else. */
    isOnlyOf(stack: object, among: (name: string) => boolean, names: readonly string[]): boolean {
        return this.open
            .filter((one) => one.stack === stack && one.names.some(among))
            .every((one) => one.names.every((name) => names.includes(name)));
    }

    rename(stack: object, renamed: (name: string) => string, to: object = stack): void {
        for (const one of this.open) {
            if (one.stack !== stack || one.names.every((name) => renamed(name) === name && to === stack)) continue;
            one.names = one.names.map(renamed);
        }
    }

    move(from: object, to: object, names: readonly string[]): void {
        for (const one of this.open) {
            if (one.stack === from && one.names.some((name) => names.includes(name))) one.stack = to;
        }
    }

    /** Forgets what is gone, and what a state holds by now. */
    forget(objects: readonly CloudObject[], held: ReadonlySet<string>): void {
        this.open = this.open.filter(({ id }) => objects.some((one) => one.id === id && !isAmong(one, held, objects)));
    }

    /** After resources have been run in good order, nothing of theirs may be open. */
    settle(stack: object, names: readonly string[], objects: readonly CloudObject[]): void {
        for (const one of this.open.filter((open) => open.stack === stack)) {
            one.names = one.names.filter((name) => !names.includes(name));
        }
        const over = this.open.filter((one) => one.names.length === 0);
        this.open = this.open.filter((one) => one.names.length > 0);
        for (const { id } of over) {
            if (this.isTold(id, this.late.has(id))) this.named.add(id);
        }
        const isOver = ({ id }: CloudObject) => over.some((one) => one.id === id);
        const isLost = (one: CloudObject) => isBereft(one, objects) || this.isTraceless(one);
        for (const one of objects.filter((object) => isOver(object) && isLost(object))) this.named.add(one.id);
        // What bears no tag waits for the object that it is part of.
        const open = new Set(this.open.map(({ id }) => id));
        const lost = objects.filter(
            (one) => isOver(one) && !this.isNamed(one, objects) && !isAmong(one, open, objects),
        );
        assert.deepEqual(
            lost.map(({ kind, id }) => `${kind} ${id}`),
            [],
            "the next run of the resource has neither adopted nor deleted nor named it",
        );
    }

    /** Whether a warning named the object, or one that was made of it. */
    isNamed(object: CloudObject, objects: readonly CloudObject[]): boolean {
        return isAmong(object, this.named, objects);
    }

    /** Whether it is known why the object is there although no state holds it. */
    isKnown(object: CloudObject, objects: readonly CloudObject[]): boolean {
        return (
            this.isNamed(object, objects) ||
            this.open.some(({ id }) => id === object.id) ||
            isAmong(object, new Set(this.open.map(({ id }) => id)), objects)
        );
    }
}

/** A snapshot of ECS whose image two kills in a row have parted from it bears no tag, so that nobody finds it. */
function isBereft({ kind, value }: CloudObject, objects: readonly CloudObject[]): boolean {
    return kind === "alibaba.ecsSnapshot" && !objects.some(({ id }) => id === Object(value).imageId);
}
