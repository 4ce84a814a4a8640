import type { Holder } from "../inventory/status";
import { stackResources } from "./stackResources";
import { stacksHere } from "./stacksHere";

/**
 * The resource that has an object in its state, among the stacks that the engine knows here. Undefined when none has:
 * the object may be another machine's.
 */
export async function findHolder(id: string): Promise<Holder | undefined> {
    for await (const exported of stacksHere()) {
        const holder = stackResources(exported).holders.get(id);
        if (holder) return holder;
    }
    return undefined;
}
