import { z } from "zod";
import type { Holder } from "../account/status";
import { enginePlaces, isComplete, pulumiHome } from "../engine/places";
import { pulumiHere } from "./pulumiHere";
import { stackResources } from "./stackResources";

const stacks = z.array(z.object({ name: z.string() }));

/**
 * The resource that has an object in its state, among the stacks that the engine knows here. Undefined when none has,
 * or the engine is not there: the object may be another machine's.
 */
export async function findHolder(id: string): Promise<Holder | undefined> {
    if (!isComplete(enginePlaces(pulumiHome(process.env)))) return undefined;
    try {
        const all = await (await pulumiHere(undefined))("stack ls --all");
        for (const { name } of stacks.parse(all)) {
            const ask = await pulumiHere(name);
            const holder = stackResources(await ask("stack export")).holders.get(id);
            if (holder) return holder;
        }
    } catch {
        // Outside a project, or without a backend: nobody here knows the stack.
    }
    return undefined;
}
