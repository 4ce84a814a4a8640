import { asInUse, ownerTag } from "../ownership/ownership";
import { isGuestFact, isReserved } from "./reservedTags";

/** The tag of a server whose system disk is being replaced: the power state to restore afterwards. */
export const powerTag = `${ownerTag}-power`;

type Tags = Record<string, string>;

/**
 * Tags as the user sees them: without tags that the cloud or this provider sets, unless the user set them too.
 * Undefined if there are none and none were set.
 */
export function userTags(found: Tags, wanted: Tags | undefined): Tags | undefined {
    const isUserTag = (key: string) => !isReserved(key) || (isGuestFact(key) && wanted?.[key] !== undefined);
    const tags = Object.fromEntries(Object.entries(found).filter(([key]) => isUserTag(key)));
    return Object.keys(tags).length > 0 || wanted !== undefined ? tags : undefined;
}

/** The tags to set and to remove to change one set of tags to another. */
export function tagChanges(from: Tags = {}, to: Tags = {}): { set: Tags; remove: string[] } {
    return {
        set: Object.fromEntries(Object.entries(to).filter(([key, value]) => from[key] !== value)),
        remove: Object.keys(from).filter((key) => !(key in to)),
    };
}

/**
 * Changes an object's tags to the wanted ones, with as few calls as possible. Tags that the cloud or this provider sets
 * are kept, except that an image in use is no longer marked as an earlier version.
 */
export async function retag(options: {
    found: Tags;
    /** The tags that the resource had before. */
    before?: Tags;
    wanted: Tags | undefined;
    set: (tags: Tags) => Promise<void>;
    remove: (keys: string[]) => Promise<void>;
}): Promise<void> {
    const { found, before, wanted } = options;
    const own = userTags(found, { ...before, ...wanted }) ?? {};
    const change = tagChanges(own, wanted);
    const inUse = asInUse(found);
    const remove = [...change.remove, ...inUse.remove];
    const set = { ...change.set, ...inUse.set };
    if (remove.length > 0) await options.remove(remove);
    if (Object.keys(set).length > 0) await options.set(set);
}
