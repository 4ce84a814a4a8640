import assert from "node:assert/strict";
import { type CloudObject, type Held, isAmong } from "./ownedObjects.ts";
import type { Run } from "./ownershipMembers.ts";
import type { Program } from "./program.ts";

export const idsOf = (objects: readonly CloudObject[]): string[] => objects.map(({ kind, id }) => `${kind} ${id}`);

export const textsOf = (held: readonly Held[]): ReadonlySet<string> => new Set(held.flatMap(({ texts }) => texts));

const isObject = ({ type }: Held) => type !== "ImageShare";

/** Objects that other stacks hold still exist, with the same tags. */
export function assertUntouched(
    before: readonly CloudObject[],
    after: readonly CloudObject[],
    held: ReadonlySet<string>,
): void {
    for (const object of before.filter((one) => isAmong(one, held, before))) {
        const now = after.find(({ id }) => id === object.id);
        assert.ok(now, `${object.kind} ${object.id}, which another stack holds, was deleted`);
        assert.deepEqual(now.tags, object.tags, `tags of ${object.kind} ${object.id}, which another stack holds`);
    }
}

/** Every object is the current object of at most one resource. */
export function assertHeldOnce(held: readonly Held[]): void {
    const ids = held.filter((one) => isObject(one) && !one.isOld).map(({ id }) => id);
    const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
    assert.deepEqual(twice, [], "held by two resources");
}

/** Objects that a state holds exist. */
export function assertPresent(held: readonly Held[], objects: readonly CloudObject[]): void {
    const ids = new Set(objects.map(({ id }) => id));
    const missing = held
        .filter(isObject)
        .flatMap(({ name, id, previousVersions }) => [id, ...previousVersions].map((one) => ({ name, id: one })))
        .filter(({ id }) => !ids.has(id));
    assert.deepEqual(missing, [], "in the state, but not in the cloud");
}

/** A forced replacement replaces the object, and earlier versions are kept as the program declares. */
export function assertVersions(
    before: readonly Held[],
    after: readonly Held[],
    { program, run }: { program: Program; run: Run },
): void {
    const current = (held: readonly Held[], name: string) => held.find((one) => one.name === name && !one.isOld);
    for (const { name, wasNamed = name, inputs } of program) {
        const old = current(before, name) ?? current(before, wasNamed);
        const now = current(after, name);
        if (!old || !now) continue;
        if (run.replace === name) assert.notEqual(now.id, old.id, `${name} must be replaced`);
        if (now.id === old.id || !("keepVersions" in inputs)) continue;
        const kept = [old.id, ...old.previousVersions].slice(0, Number(inputs.keepVersions));
        assert.deepEqual(now.previousVersions, kept, `earlier versions of ${name}`);
    }
}
