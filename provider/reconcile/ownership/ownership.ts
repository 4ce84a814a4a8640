import type { HandlerContext, ResourceIdentity } from "../../pulumi/dynamic/handler";
import { digest, type Owner } from "../../pulumi/dynamic/owner";
import { localPart, nameIn } from "../../pulumi/dynamic/urn";

/**
 * The tag that every object created by a resource bears: which object of which resource it is, and what it was created
 * from. An object that an interrupted run left behind is found by it, and no other is ever taken over (decision 001).
 */
export const ownerTag = "pulumi-machine-images";

/**
 * The tag that says whether a state holds the object: "pending" until the run that created it ends in good order, then
 * "held", or "version-of." and the owner id of an image that was replaced and is kept. A tag of its own, so that one call
 * sets it for many objects.
 */
export const stateTag = `${ownerTag}-state`;

const states = { pending: "pending", held: "held", version: "version-of." } as const;

/** Where version 0.1.0 kept the owner id of an earlier version. */
const oldVersionTag = `${ownerTag}-version-of`;

/** What the tags say. Version 0.1.0 wrote no key, and ".pending" at the end of the one tag. */
export interface Ownership {
    /** 16 hex digits: which object of which resource. */
    readonly ownerId: string;
    /** 8 hex digits: what the object was created from. */
    readonly contentHash: string;
    /** 8 hex digits: the resource's type, parents and name, without stack and project. */
    readonly key?: string;
    /** The run that created it may have ended before its state was saved. */
    readonly isPending: boolean;
    /** What it was created from was there before, and stays when the object is deleted. */
    readonly isExternalSource?: true;
    /** The owner id of the resource whose earlier version it is. */
    readonly versionOf?: string;
}

/** An object that bears the tag of some resource of ours. */
export interface Owned {
    readonly id: string;
    readonly ownership: Ownership;
    /** Its creation failed, so that it was never of use to anybody. */
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

/** The tags that say it. At most 43 characters each, the limit of IMS (docs/reference/ims.md#tags). */
export function ownershipTags({ ownerId, contentHash, key, isPending, isExternalSource }: Ownership): Tags {
    const text = [ownerId, contentHash, ...(key ? [key] : []), ...(isExternalSource ? ["given"] : [])].join(".");
    return { [ownerTag]: text, [stateTag]: isPending ? states.pending : states.held };
}

/** The mark of the first object of a resource. It follows from the URN: the state of an interrupted run tells nothing else. */
export function firstOwnerId({ urn }: Pick<ResourceIdentity, "urn">): string {
    return digest(urn, 16);
}

/** The mark of an object that replaces another: no other resource and no other object has it. */
export function ownerIdOf({ id, generation }: Owner): string {
    return digest(`${id}.${generation}`, 16);
}

/** The mark of an object while one that bears `mark` is somebody's. */
export function nextOwnerId(ownerId: string, olderId: string): string {
    return digest(`${ownerId}\n${olderId}`, 16);
}

/** What all objects of one type, parents and name bear, in whichever stack. */
export function keyOf({ urn }: Pick<ResourceIdentity, "urn">): string {
    return digest(localPart(urn), 8);
}

/** Equal for equal inputs. */
export function contentHashOf(...inputs: unknown[]): string {
    return digest(JSON.stringify(inputs), 8);
}

/** The object, when its tags say that it is a resource's own. */
export function owned(id: string, tags: Tags, hasFailed = false): Owned[] {
    const ownership = readOwnership(tags);
    return ownership ? [{ id, ownership, hasFailed }] : [];
}

/** How an object's tags are set and removed. */
export interface Tagging {
    set(tags: Tags): Promise<void>;
}

/** What says that a state holds an object; the same for all, so that one call confirms many. */
export const heldTags: Tags = { [stateTag]: states.held };

/** What says that an image was replaced and is kept. */
export const versionTags = (ownerId: string): Tags => ({ [stateTag]: `${states.version}${ownerId}` });

/** The owner id of an image that was replaced and is kept; undefined when it is no earlier version. */
export function versionOwner(tags: Tags): string | undefined {
    const state = tags[stateTag] ?? "";
    return state.startsWith(states.version) ? state.slice(states.version.length) : tags[oldVersionTag];
}

/** What makes an earlier version an image in use again. */
export function asInUse(tags: Tags): { set: Tags; remove: string[] } {
    if (versionOwner(tags) === undefined) return { set: {}, remove: [] };
    const isOfOld = tags[oldVersionTag] !== undefined;
    return { set: isOfOld ? {} : heldTags, remove: isOfOld ? [oldVersionTag] : [] };
}

/** Says in the cloud that the state holds the object. */
export async function confirm(tagging: Tagging, ownership: Ownership): Promise<void> {
    // Version 0.1.0 said "pending" in the owner's tag itself.
    if (ownership.key === undefined) await tagging.set(confirmedTags(ownership));
    else await tagging.set(heldTags);
}

/** Confirms an object when the run ends in good order, because the state then holds it. */
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

/** The user's tags together with the owner's. */
export function tagsWith(ownership: Ownership, tags: Tags | undefined): Tags {
    return { ...tags, ...ownershipTags(ownership) };
}

/**
 * A name for an object whose user gave none: the resource's name, made fit for every cloud (letters, digits, "-"; a
 * letter first; at most 40 characters), and seven digits that keep the object apart from the one that it replaces.
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
 * A token for requests that a cloud runs once per token. It covers all that the request sends, because a cloud refuses
 * a token that comes again with other parameters; `attempt` is for the next one when its object is known to be deleted.
 */
export function requestToken({ ownerId, contentHash }: Ownership, sent: unknown, attempt: number): string {
    return digest(`${ownerId}\n${contentHash}\n${JSON.stringify(sent)}\n${attempt}`, 32);
}
