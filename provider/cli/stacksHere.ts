import { z } from "zod";
import { enginePlaces, hasEngine, pulumiHome } from "../engine/places";
import { pulumiHere } from "./pulumiHere";

const stacks = z.array(z.object({ name: z.string() }));

/**
 * The output of `pulumi stack export` for each stack that the engine can list here. Empty without an engine, a project
 * or a backend. Skips stacks that cannot be read.
 */
export async function* stacksHere(): AsyncGenerator<unknown, void> {
    if (!hasEngine(enginePlaces(pulumiHome(process.env)))) return;
    for (const name of await stackNames()) {
        const ask = await pulumiHere(name);
        const exported = await ask("stack export").catch(() => undefined);
        if (exported !== undefined) yield exported;
    }
}

async function stackNames(): Promise<string[]> {
    try {
        const ask = await pulumiHere(undefined);
        return stacks.parse(await ask("stack ls --all")).map(({ name }) => name);
    } catch {
        return [];
    }
}
