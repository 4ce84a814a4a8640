import { fullUrn } from "../../provider/dist/pulumi/dynamic/urn.js";
import { keyOf, readOwnership } from "../../provider/dist/reconcile/ownership/ownership.js";
import type { RunningSimulator } from "../../provider/dist/simulator/index.js";

/** An object in the clouds that did not exist at the start. */
export interface CloudObject {
    readonly kind: string;
    readonly id: string;
    readonly value: unknown;
    readonly tags: Readonly<Record<string, string>>;
}

/** A resource in a stack's state. */
export interface Held {
    readonly name: string;
    readonly type: string;
    readonly id: string;
    /** Replaced, and not deleted yet. */
    readonly isOld: boolean;
    readonly previousVersions: readonly string[];
    /** Its id, and every string in its inputs and outputs. */
    readonly texts: readonly string[];
    /** Its short URN without stack and project. */
    readonly local: string;
}

/** Fields that name what an image was created from. */
const sources = /^(alibaba\.snapshot|huawei\.backup)$/;
const images = /^(alibaba\.customImage|huawei\.image)$/;

/** Objects that are created and deleted with the object that they name: disks, members, snapshots of an ECS image. */
const parts = /^(alibaba\.(ecsDisk|disk|ecsSnapshot)|huawei\.(member|volume|port|nic))$/;

/** Every string in a value. An id of a relation ("m-1/ecs") also counts as its first part. */
export function textsIn(value: unknown): string[] {
    if (typeof value === "string") return [value, value.split("/")[0] ?? value];
    if (typeof value !== "object" || value === null) return [];
    return Object.values(value).flatMap(textsIn);
}

function tagsIn(value: unknown): Record<string, string> {
    const { tags } = Object(value);
    if (!Array.isArray(tags)) return { ...Object(tags) };
    return Object.fromEntries(
        tags.map((tag) => (typeof tag === "string" ? tag.split("=", 2) : [Object(tag).key, Object(tag).value])),
    );
}

/** Reads the objects of the simulator directly. */
export function objectsIn(simulator: RunningSimulator, before: ReadonlySet<string>): CloudObject[] {
    return simulator.sim.registry
        .objects()
        .filter(({ kind, id }) => !before.has(`${kind} ${id}`))
        .map(({ kind, id, value }) => ({ kind, id, value, tags: tagsIn(value) }));
}

/** Whether these ids include the object, the object that it is part of, or an image that was created from it. */
export function isAmong(object: CloudObject, ids: ReadonlySet<string>, objects: readonly CloudObject[] = []): boolean {
    if (ids.has(object.id)) return true;
    if (parts.test(object.kind)) return textsIn(object.value).some((text) => ids.has(text));
    if (!sources.test(object.kind)) return false;
    const holding = objects.filter(({ kind, id }) => images.test(kind) && ids.has(id));
    return holding.some(({ value }) => textsIn(value).includes(object.id));
}

export const isPending = ({ tags }: CloudObject): boolean => readOwnership(tags)?.isPending === true;

/** The digest of type, parents and name in the object's tag; undefined if it has no such tag. */
export const keyIn = ({ tags }: CloudObject): string | undefined => readOwnership(tags)?.key;

/** The digest in the tags of a resource's objects. @param local type and name of the URN, shortened */
export const keyFor = (local: string): string => keyOf({ urn: fullUrn(`dev::test::${local}`) });
