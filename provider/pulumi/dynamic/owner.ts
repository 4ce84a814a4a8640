import { createHash, randomBytes } from "node:crypto";
import type { Properties } from "./plainJson";
import { hasUnknown } from "./unknown";
import { fullUrn } from "./urn";

/**
 * Who owns an object: an id that a resource gets when a program first declares it, and a generation that counts the
 * resource's objects. It is stored with the inputs, so it follows the resource through every rename and move. Another
 * resource of the same name gets another owner (decision 001).
 */
export interface Owner {
    /** 16 hex digits. */
    readonly id: string;
    /** 1 for the first object; 0 for an object in a state that version 0.1.0 wrote. */
    readonly generation: number;
}

/** The key of the stored owner. Not an input of the user. */
export const ownerKey = "__owner";
/** The key of the URN under which the object was created. */
export const urnKey = "__urn";
/** The key that passes the resource option `retainOnDelete`; never stored. */
export const retainKey = "__retain";

export const digest = (text: string, digits: number): string =>
    createHash("sha256").update(text).digest("hex").slice(0, digits);

/** A new owner for a resource that may be new. */
export const newOwner = (): string => ownerText({ id: randomBytes(8).toString("hex"), generation: 1 });

/** "0123456789abcdef.1" */
export const ownerText = ({ id, generation }: Owner): string => `${id}.${generation}`;

/** The next object of the same resource. */
export const nextOwner = ({ id, generation }: Owner): Owner => ({ id, generation: generation + 1 });

/**
 * The owner in a state. A state of version 0.1.0 has none: the owner is then derived from the URN under which the
 * resource was created. Undefined if it is unknown, as in the preview of a create.
 */
export function ownerIn(properties: Properties): Owner | undefined {
    const stored = properties[ownerKey];
    const [, id, generation] = /^([0-9a-f]{16})\.(\d+)$/.exec(typeof stored === "string" ? stored : "") ?? [];
    if (id && generation) return { id, generation: Number(generation) };
    if (hasUnknown(stored)) return undefined;
    const urn = properties[urnKey];
    return typeof urn === "string" ? { id: digest(fullUrn(urn), 16), generation: 0 } : undefined;
}

/** An object that has the owner tag of one of our resources. */
export interface TaggedObject {
    readonly id: string;
    readonly ownership: {
        readonly ownerId: string;
        readonly key?: string;
        readonly isPending: boolean;
        readonly versionOf?: string;
    };
}
