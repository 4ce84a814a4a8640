import { isAboutKeys } from "../clouds/advice";
import type { Clouds } from "../clouds/connect";
import { CloudError } from "../clouds/errors";
import type { HandlerContext } from "../pulumi/dynamic/handler";

/** Warnings already shown: even for a hundred servers, a missing permission is reported once. */
const shownWarnings = new WeakMap<Clouds, Set<string>>();

/**
 * Runs a lookup for a preview check. A missing permission or a missing answer does not fail the preview: the cloud
 * checks again during `up`.
 *
 * @param what "the plans of cn-hangzhou"
 * @returns undefined, after a warning, if the lookup failed
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
        const before = clouds.shownWarnings ?? shownWarnings.get(clouds) ?? new Set();
        shownWarnings.set(clouds, before);
        if (!before.has(what)) warn(`cannot check ${what}, so "pulumi up" may fail: ${error.message}`);
        before.add(what);
        return undefined;
    }
}
