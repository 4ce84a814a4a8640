import { createHash } from "node:crypto";
import type { Origin } from "../dynamic/handler";

/**
 * The tag that marks an object as made by one resource of one stack. An object that an interrupted run left behind is
 * known by it, and one that somebody else made under the same name is never taken over.
 */
export const ownerTag = "pulumi-machine-images";

/** The same for the same resource in the same stack, another for the object that replaces it. */
export function ownerMark(origin: Origin): string {
    return createHash("sha256")
        .update(`${origin.urn}\n${origin.replaces ?? ""}`)
        .digest("hex")
        .slice(0, 16);
}

/**
 * A name for an object whose user gave none: the resource's name, made fit for every cloud (letters, digits, "-"; a
 * letter first; at most 40 characters), and seven digits that keep the object apart from the one that it replaces.
 */
export function nameFor(origin: Origin): string {
    const logical = origin.urn.split("::").at(-1) ?? "";
    const fit = logical
        .replace(/[^A-Za-z0-9-]+/g, "-")
        .replace(/^[^A-Za-z]+/, "")
        .slice(0, 32)
        .replace(/-+$/, "");
    return `${fit || "image"}-${ownerMark(origin).slice(0, 7)}`;
}

/** A token for requests that a cloud runs once per token; `attempt` is for the next one when its object is gone. */
export function requestToken(origin: Origin, step: string, attempt = 0): string {
    return createHash("sha256")
        .update(`${ownerMark(origin)}\n${step}\n${attempt}`)
        .digest("hex")
        .slice(0, 32);
}

/** The user's tags together with the owner's mark. */
export function markedTags(origin: Origin, tags: Record<string, string> | undefined): Record<string, string> {
    return { ...tags, [ownerTag]: ownerMark(origin) };
}

/** Tags as the user sees them; undefined when there are none and none were asked for. */
export function userTags(
    found: Record<string, string>,
    wanted: Record<string, string> | undefined,
): Record<string, string> | undefined {
    const { [ownerTag]: _mark, ...tags } = found;
    return Object.keys(tags).length > 0 || wanted !== undefined ? tags : undefined;
}

/** What must be set and what must be removed to come from one set of tags to another. */
export function tagChanges(
    from: Record<string, string> = {},
    to: Record<string, string> = {},
): { set: Record<string, string>; remove: string[] } {
    return {
        set: Object.fromEntries(Object.entries(to).filter(([key, value]) => from[key] !== value)),
        remove: Object.keys(from).filter((key) => !(key in to)),
    };
}
