import type { Holder } from "../inventory/status";
import { stackResources } from "./stackResources";
import { stacksHere } from "./stacksHere";

/**
 * The resource whose state holds this object, among the stacks that the engine can list here. Undefined if none does: a
 * stack of another machine or backend may hold the object.
 */
export async function findHolder(id: string): Promise<Holder | undefined> {
    for await (const exported of stacksHere()) {
        const holder = stackResources(exported).holders.get(id);
        if (holder) return holder;
    }
    return undefined;
}
