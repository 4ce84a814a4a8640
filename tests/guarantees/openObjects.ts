import assert from "node:assert/strict";
import { type CloudObject, isAmong, isPending, keyFor, keyIn } from "./ownedObjects.ts";

/** An object that an interrupted run created, and that no state holds. */
interface Open {
    readonly id: string;
    /** The stack of the interrupted run. */
    stack: object;
    /** The resources that may have created the object, without those that have run again. */
    names: readonly string[];
}

/** A resource of a program or state: its name, and its short URN without stack and project. */
export interface Named {
    readonly name: string;
    readonly local: string;
}

/** Orphans of interrupted runs, until the next run of the same resource adopts, deletes or names them. */
export class OpenObjects {
    private open: Open[] = [];
    /** Objects that a warning named: they remain until a person deletes them. */
    private readonly named = new Set<string>();
    /** Objects that a run could not see, because they were created later. */
    private readonly late = new Set<string>();
    private readonly isTold: (id: string, isLate: boolean) => boolean;
    private readonly isTraceless: (object: CloudObject) => boolean;

    /**
     * @param isTold whether a warning about the object is enough
     * @param isTraceless whether the owner of the object cannot be determined
     */
    constructor(isTold: (id: string, isLate: boolean) => boolean, isTraceless: (object: CloudObject) => boolean) {
        this.isTold = isTold;
        this.isTraceless = isTraceless;
    }

    /** Records that a warning named an object. */
    name(id: string): void {
        this.named.add(id);
    }

    /** Records the orphans of an interrupted run. */
    note(stack: object, objects: readonly CloudObject[], resources: readonly Named[]): void {
        for (const object of objects) {
            if (this.open.some(({ id }) => id === object.id)) continue;
            const key = keyIn(object);
            const its = resources.filter(({ local }) => key === undefined || keyFor(local) === key);
            this.open.push({ id: object.id, stack, names: [...new Set(its.map(({ name }) => name))] });
        }
    }

    /** Records objects that an order of an interrupted run has created since. */
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

    /** The resources of a stack that must run again. */
    namesOf(stack: object): string[] {
        return this.open.filter((one) => one.stack === stack).flatMap(({ names }) => names);
    }

    /** Whether all open objects that may belong to these resources of the stack belong to no other resource. */
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

    /** Removes objects that do not exist any more, and objects that a state now holds. */
    forget(objects: readonly CloudObject[], held: ReadonlySet<string>): void {
        this.open = this.open.filter(({ id }) => objects.some((one) => one.id === id && !isAmong(one, held, objects)));
    }

    /** After a successful run of resources, none of their objects may be open. */
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
        const isLost = (one: CloudObject) => isSeparated(one, objects) || this.isTraceless(one);
        for (const one of objects.filter((object) => isOver(object) && isLost(object))) this.named.add(one.id);
        // An object without a tag stays open as long as the object that it is part of.
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

    /** Whether a warning named the object, or an object that was created from it. */
    isNamed(object: CloudObject, objects: readonly CloudObject[]): boolean {
        return isAmong(object, this.named, objects);
    }

    /** Whether the reason is known why the object exists although no state holds it. */
    isKnown(object: CloudObject, objects: readonly CloudObject[]): boolean {
        return (
            this.isNamed(object, objects) ||
            this.open.some(({ id }) => id === object.id) ||
            isAmong(object, new Set(this.open.map(({ id }) => id)), objects)
        );
    }
}

/** An ECS snapshot that two kills in a row have separated from its image has no tag, so no run can find it. */
function isSeparated({ kind, value }: CloudObject, objects: readonly CloudObject[]): boolean {
    return kind === "alibaba.ecsSnapshot" && !objects.some(({ id }) => id === Object(value).imageId);
}
