import { isAboutKeys } from "../clouds/advice";
import type { Clouds } from "../clouds/connect";
import { CloudError } from "../clouds/errors";
import type { HandlerContext } from "../pulumi/dynamic/handler";

/** What has been said already: a stack of a hundred servers hears of a missing permission once. */
const said = new WeakMap<Clouds, Set<string>>();

/**
 * Looks something up for a preview. What cannot be looked up, for want of a permission or of an answer, is no reason to
 * fail one: the cloud will judge for itself.
 *
 * @param what "the plans of cn-hangzhou"
 * @returns undefined, and a warning, when the cloud did not tell
 */
export async function optionalLookup<T>(
    { clouds, warn }: Pick<HandlerContext, "clouds" | "warn">,
    what: string,
    ask: () => Promise<T>,
): Promise<T | undefined> {
    try {
        return await ask();
    } catch (error) {
        if (!(error instanceof CloudError) || isAboutKeys(error.code) || error.nothingReached) throw error;
        const before = clouds.said ?? said.get(clouds) ?? new Set();
        said.set(clouds, before);
        if (!before.has(what)) warn(`${what} cannot be looked up, so up may be refused: ${error.message}`);
        before.add(what);
        return undefined;
    }
}
