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
        if (!(error instanceof CloudError) || isAboutKeys(error.code)) throw error;
        const before = said.get(clouds) ?? new Set();
        said.set(clouds, before);
        if (!before.has(what)) warn(`cannot check ${what}, so "pulumi up" may fail: ${error.message}`);
        before.add(what);
        return undefined;
    }
}
