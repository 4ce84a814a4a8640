import { z } from "zod";
import { enginePlaces, hasEngine, pulumiHome } from "../engine/places";
import { pulumiHere } from "./pulumiHere";

const stacks = z.array(z.object({ name: z.string() }));

/**
 * What `pulumi stack export` prints of each stack that the engine knows here, one after the other. Nothing without an
 * engine, outside a project or without a backend; a stack that may not be read is left out.
 */
export async function* stacksHere(): AsyncGenerator<unknown, void> {
    if (!hasEngine(enginePlaces(pulumiHome(process.env)))) return;
    for (const name of await namesHere()) {
        const ask = await pulumiHere(name);
        const exported = await ask("stack export").catch(() => undefined);
        if (exported !== undefined) yield exported;
    }
}

async function namesHere(): Promise<string[]> {
    try {
        const ask = await pulumiHere(undefined);
        return stacks.parse(await ask("stack ls --all")).map(({ name }) => name);
    } catch {
        return [];
    }
}
