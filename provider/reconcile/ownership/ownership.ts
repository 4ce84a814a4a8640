import type { HandlerContext, ResourceIdentity } from "../../pulumi/dynamic/handler";
import { digest, type Owner } from "../../pulumi/dynamic/owner";
import { localPart, nameIn } from "../../pulumi/dynamic/urn";

/**
 * The tag of every object that a resource creates. It says which object of which resource it is, and what it was
 * created from. Orphans are found by it, and an object without it is adopted only if `adopt` names it (decision 001).
 */
export const ownerTag = "pulumi-machine-images";

/**
 * The tag that says whether a state holds the object: "pending" until the run that created it ends successfully, then
 * "held", or "version-of." and the owner id for a replaced image that is kept. It is a separate tag, so that one call
 * sets it for many objects.
 */
export const stateTag = `${ownerTag}-state`;

const states = { pending: "pending", held: "held", version: "version-of." } as const;

/** Where version 0.1.0 kept the owner id of an earlier version. */
const oldVersionTag = `${ownerTag}-version-of`;

/** The content of the tags. Version 0.1.0 wrote no key, and ".pending" at the end of the owner tag. */
export interface Ownership {
    /** 16 hex digits: which object of which resource it is. */
    readonly ownerId: string;
    /** 8 hex digits: what the object was created from. */
    readonly contentHash: string;
    /** 8 hex digits: the resource's type, parents and name, without stack and project. */
    readonly key?: string;
    /** The run that created it may have ended before its state was saved. */
    readonly isPending: boolean;
    /** Its source existed before and is kept when the object is deleted. */
    readonly isExternalSource?: true;
    /** The owner id of the resource of which it is an earlier version. */
    readonly versionOf?: string;
}

/** An object with the owner tag of a resource of this provider. */
export interface Owned {
    readonly id: string;
    readonly ownership: Ownership;
    /** Its creation failed, so nothing ever used it. */
    readonly hasFailed: boolean;
}

type Tags = Record<string, string>;

export function readOwnership(tags: Tags | undefined): Ownership | undefined {
    const parts = /^([0-9a-f]{16})\.([0-9a-f]{8})(?:\.([0-9a-f]{8}))?(\.given)?(\.pending)?$/.exec(
        tags?.[ownerTag] ?? "",
    );
    const [, ownerId, contentHash, key, given, pending] = parts ?? [];
    if (!ownerId || !contentHash) return undefined;
    const isPending = pending !== undefined || tags?.[stateTag] === states.pending;
    const versionOf = tags && versionOwner(tags);
    return {
        ownerId,
        contentHash,
        isPending,
        ...(key ? { key } : {}),
        ...(given ? { isExternalSource: true } : {}),
        ...(versionOf ? { versionOf } : {}),
    };
}

/** Builds the tags. A value has at most 43 characters, the limit of IMS (docs/reference/ims.md#tags). */
export function ownershipTags({ ownerId, contentHash, key, isPending, isExternalSource }: Ownership): Tags {
    const text = [ownerId, contentHash, ...(key ? [key] : []), ...(isExternalSource ? ["given"] : [])].join(".");
    return { [ownerTag]: text, [stateTag]: isPending ? states.pending : states.held };
}

/**
 * The owner id of the first object of a resource. It is derived from the URN, because the state of an interrupted run
 * contains nothing else.
 */
export function firstOwnerId({ urn }: Pick<ResourceIdentity, "urn">): string {
    return digest(urn, 16);
}

/** The owner id of an object that replaces another. No other resource and no other object has it. */
export function ownerIdOf({ id, generation }: Owner): string {
    return digest(`${id}.${generation}`, 16);
}

/** The owner id of a new object while an object with `ownerId` is held. */
export function nextOwnerId(ownerId: string, olderId: string): string {
    return digest(`${ownerId}\n${olderId}`, 16);
}

/** The key that all objects of one type, parents and name have, in every stack. */
export function keyOf({ urn }: Pick<ResourceIdentity, "urn">): string {
    return digest(localPart(urn), 8);
}

/** Equal for equal inputs. */
export function contentHashOf(...inputs: unknown[]): string {
    return digest(JSON.stringify(inputs), 8);
}

/** The object, if its tags say that a resource of this provider created it; otherwise empty. */
export function owned(id: string, tags: Tags, hasFailed = false): Owned[] {
    const ownership = readOwnership(tags);
    return ownership ? [{ id, ownership, hasFailed }] : [];
}

/** Sets the tags of an object. */
export interface Tagging {
    set(tags: Tags): Promise<void>;
}

/** The tag that says that a state holds an object. It is the same for all objects, so that one call confirms many. */
export const heldTags: Tags = { [stateTag]: states.held };

/** The tag that says that an image was replaced and is kept. */
export const versionTags = (ownerId: string): Tags => ({ [stateTag]: `${states.version}${ownerId}` });

/** The owner id of a replaced image that is kept; undefined if it is not an earlier version. */
export function versionOwner(tags: Tags): string | undefined {
    const state = tags[stateTag] ?? "";
    return state.startsWith(states.version) ? state.slice(states.version.length) : tags[oldVersionTag];
}

/** The tag changes that turn an earlier version into an image in use again. */
export function asInUse(tags: Tags): { set: Tags; remove: string[] } {
    if (versionOwner(tags) === undefined) return { set: {}, remove: [] };
    const hasOldTag = tags[oldVersionTag] !== undefined;
    return { set: hasOldTag ? {} : heldTags, remove: hasOldTag ? [oldVersionTag] : [] };
}

/** Sets the tag that says that the state holds the object. */
export async function confirm(tagging: Tagging, ownership: Ownership): Promise<void> {
    // Version 0.1.0 wrote "pending" into the owner tag itself.
    if (ownership.key === undefined) await tagging.set(confirmedTags(ownership));
    else await tagging.set(heldTags);
}

/** Confirms ownership of an object when the run ends successfully, because the state then holds it. */
export function confirmAtEnd(
    context: Pick<HandlerContext, "whenSaved">,
    tagging: Tagging,
    ownership: Ownership | undefined,
): void {
    if (ownership?.isPending) context.whenSaved(() => confirm(tagging, ownership));
}

/** The tags of an object that the state is known to hold. */
export function confirmedTags(ownership: Ownership): Tags {
    const { [stateTag]: state, ...owner } = ownershipTags({ ...ownership, isPending: false });
    return ownership.key === undefined ? owner : { ...owner, [stateTag]: state ?? states.held };
}

/** The user's tags and the ownership tags. */
export function tagsWith(ownership: Ownership, tags: Tags | undefined): Tags {
    return { ...tags, ...ownershipTags(ownership) };
}

/**
 * A name for an object without a `name` argument: the resource's name in a form that every cloud accepts (letters,
 * digits and "-"; a letter first; at most 40 characters), and seven digits that distinguish the object from the one
 * that it replaces.
 */
export function nameFor(identity: ResourceIdentity, ownerId: string): string {
    const fit = nameIn(identity.urn)
        .replace(/[^A-Za-z0-9-]+/g, "-")
        .replace(/^[^A-Za-z]+/, "")
        .slice(0, 32)
        .replace(/-+$/, "");
    return `${fit || "image"}-${ownerId.slice(0, 7)}`;
}

/**
 * A token for requests that a cloud runs once per token. It covers everything that the request sends, because a cloud
 * refuses a token that is reused with other parameters. `attempt` gives another token after the object of the previous
 * one was deleted.
 */
export function requestToken({ ownerId, contentHash }: Ownership, sent: unknown, attempt: number): string {
    return digest(`${ownerId}\n${contentHash}\n${JSON.stringify(sent)}\n${attempt}`, 32);
}
