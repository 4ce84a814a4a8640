import { z } from "zod";
import { engineState } from "../report/plan/engineState";
import { secretTextsOf } from "../report/plan/secrets";
import { pulumiHere } from "./pulumiHere";

const exported = z.object({ deployment: z.object({ resources: z.array(z.unknown()).optional() }) });

/**
 * The secrets in the state of a stack of this folder. A report masks them also in names that it reads from the clouds.
 * Empty without a stack, or if this user cannot decrypt them.
 *
 * @param stack "." is the selected stack
 */
export async function secretsOfStack(stack: string | undefined): Promise<string[]> {
    if (stack === undefined) return [];
    try {
        const ask = await pulumiHere(stack === "." ? undefined : stack);
        const { resources = [] } = exported.parse(await ask("stack export", "--show-secrets")).deployment;
        return resources.flatMap((resource) => secretTextsOf(engineState.safeParse(resource).data));
    } catch {
        return [];
    }
}
