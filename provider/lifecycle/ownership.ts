import { createHash } from "node:crypto";
import type { Origin, Surroundings } from "../dynamic/handler";

/**
 * The tag that every object made by a resource bears: whose it is, what it was made of, and whether the stack's state
 * is known to hold it. An object that an interrupted run left behind is found by it, and nothing else is taken over.
 */
export const ownerTag = "pulumi-machine-images";

/**
 * What the tag says. Written "mark.content", with ".given" when what the object was made of stays, and with ".pending"
 * at the end until the state holds the object.
 */
export interface Ownership {
    /** 16 hex digits: the resource, and which of its objects. */
    readonly mark: string;
    /** 8 hex digits: what the object was made of. */
    readonly content: string;
    /** The run that made it may have ended before its state was saved. */
    readonly isPending: boolean;
    /** What it was made of was there before, and stays when the object goes. */
    readonly isOfGiven?: true;
}

/** An object that bears the tag of some resource of ours. */
export interface Owned {
    readonly id: string;
    readonly ownership: Ownership;
    /** An object that failed is of no use to anybody. */
    readonly hasFailed: boolean;
}

const digest = (text: string, digits: number) => createHash("sha256").update(text).digest("hex").slice(0, digits);

export function ownershipTag({ mark, content, isPending, isOfGiven }: Ownership): string {
    return `${mark}.${content}${isOfGiven ? ".given" : ""}${isPending ? ".pending" : ""}`;
}

export function readOwnership(tag: string | undefined): Ownership | undefined {
    const parts = /^([0-9a-f]{16})\.([0-9a-f]{8})(\.given)?(\.pending)?$/.exec(tag ?? "");
    const [, mark, content, given, pending] = parts ?? [];
    if (!mark || !content) return undefined;
    const ownership = { mark, content, isPending: pending !== undefined };
    return given ? { ...ownership, isOfGiven: true } : ownership;
}

/** The mark of a resource's first object. */
export function firstMark(origin: Origin): string {
    return digest(origin.urn, 16);
}

/** The mark of an object that is made while an older one of the same resource is still there. */
export function nextMark(mark: string, olderId: string): string {
    return digest(`${mark}\n${olderId}`, 16);
}

/** Equal for equal inputs. */
export function contentOf(...inputs: unknown[]): string {
    return digest(JSON.stringify(inputs), 8);
}

/** The object, when its tags say that it is a resource's own. */
export function owned(id: string, tags: Record<string, string>, hasFailed = false): Owned[] {
    const ownership = readOwnership(tags[ownerTag]);
    return ownership ? [{ id, ownership, hasFailed }] : [];
}

/** Tells the cloud, once the stack's state holds an object, that it is no leftover. */
export function settle(
    surroundings: Pick<Surroundings, "whenSaved">,
    tagging: { set: (tags: Record<string, string>) => Promise<void> },
    ownership: Ownership | undefined,
): void {
    if (!ownership?.isPending) return;
    surroundings.whenSaved(() => tagging.set(settledTag(ownership)));
}

/** What to do before an object is made. */
export interface Claim {
    /** For the new object, and for its name. */
    readonly ownership: Ownership;
    /** Left behind by an interrupted run that was making just this. */
    readonly adopt?: Owned;
    /** Left behind by runs that were making something else, or failed. */
    readonly discard: readonly Owned[];
}

/**
 * Decides from what is there. An object that the state may hold is never taken over: whoever asks for a new one while
 * it is there is replacing it, and gets the next mark, the same one again after an interruption.
 */
export function claim(origin: Origin, content: string, objects: readonly Owned[]): Claim {
    const discard: Owned[] = [];
    let mark = firstMark(origin);
    const isHeld = ({ id, ownership, hasFailed }: Owned) =>
        id === origin.replaces || (!ownership.isPending && !hasFailed);
    for (;;) {
        const ours = objects.filter(({ ownership }) => ownership.mark === mark);
        const held = ours.find(isHeld);
        const adopt = held
            ? undefined
            : ours.find(({ ownership, hasFailed }) => ownership.content === content && !hasFailed);
        discard.push(...ours.filter((own) => own !== adopt && !isHeld(own)));
        if (!held) return { ownership: { mark, content, isPending: true }, adopt, discard };
        mark = nextMark(mark, held.id);
    }
}

/** What interrupted runs of a resource left behind besides the object that is about to go. */
export function leftoversBeside(origin: Origin, id: string, objects: readonly Owned[]): Owned[] {
    const own = objects.find((owned) => owned.id === id)?.ownership.mark;
    const first = firstMark(origin);
    const marks = [first, nextMark(first, id), ...(own ? [nextMark(own, id)] : [])];
    return objects.filter(
        (owned) => owned.id !== id && owned.ownership.isPending && marks.includes(owned.ownership.mark),
    );
}

/**
 * A name for an object whose user gave none: the resource's name, made fit for every cloud (letters, digits, "-"; a
 * letter first; at most 40 characters), and seven digits that keep the object apart from the one that it replaces.
 */
export function nameFor(origin: Origin, mark: string): string {
    const logical = origin.urn.split("::").at(-1) ?? "";
    const fit = logical
        .replace(/[^A-Za-z0-9-]+/g, "-")
        .replace(/^[^A-Za-z]+/, "")
        .slice(0, 32)
        .replace(/-+$/, "");
    return `${fit || "image"}-${mark.slice(0, 7)}`;
}

/** A token for requests that a cloud runs once per token; `attempt` is for the next one when its object is gone. */
export function requestToken({ mark, content }: Ownership, attempt: number): string {
    return digest(`${mark}\n${content}\n${attempt}`, 32);
}

/** The tag of an object that the stack's state is known to hold. */
export function settledTag(ownership: Ownership): Record<string, string> {
    return tagsWith({ ...ownership, isPending: false }, undefined);
}

/** The user's tags together with the owner's. */
export function tagsWith(ownership: Ownership, tags: Record<string, string> | undefined): Record<string, string> {
    return { ...tags, [ownerTag]: ownershipTag(ownership) };
}
