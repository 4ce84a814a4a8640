import { ownerTag, pendingTag } from "./ownership";

/** On a server whose system disk is being replaced: the power state that it is to have again afterwards. */
export const powerTag = `${ownerTag}-power`;

type Tags = Record<string, string>;

/** Tags as the user sees them; undefined when there are none and none were asked for. */
export function userTags(found: Tags, wanted: Tags | undefined): Tags | undefined {
    const { [ownerTag]: _owner, [pendingTag]: _pending, [powerTag]: _power, ...tags } = found;
    return Object.keys(tags).length > 0 || wanted !== undefined ? tags : undefined;
}

/** What must be set and what must be removed to come from one set of tags to another. */
export function tagChanges(from: Tags = {}, to: Tags = {}): { set: Tags; remove: string[] } {
    return {
        set: Object.fromEntries(Object.entries(to).filter(([key, value]) => from[key] !== value)),
        remove: Object.keys(from).filter((key) => !(key in to)),
    };
}

/** Makes an object's tags those that are wanted, with as few calls as that takes; the owner's tag stays. */
export async function retag(options: {
    found: Tags;
    wanted: Tags | undefined;
    set: (tags: Tags) => Promise<void>;
    remove: (keys: string[]) => Promise<void>;
}): Promise<void> {
    const { set, remove } = tagChanges(userTags(options.found, undefined), options.wanted);
    if (remove.length > 0) await options.remove(remove);
    if (Object.keys(set).length > 0) await options.set(set);
}
