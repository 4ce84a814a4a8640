import { UserError } from "../../clouds/errors";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { type PollResult, waitUntil } from "../polling/waiting";
import { powerTag } from "../tags/tags";
import type { ReplaceableServer, SeenServer } from "./replaceableServer";

/** For how many polls the cloud may show the old state after a change was requested. */
const maxPollsUntilChange = 5;

/**
 * Replaces a server's system disk with an image, unless the disk already has the image, and restores the server's power
 * state. The server's current state decides what is left to do, so an interrupted replacement is resumed: a disk that
 * has the image is never wiped again, and a tag records the power state meanwhile.
 */
export async function replaceSystemDisk(
    context: HandlerContext,
    server: ReplaceableServer,
    wanted: { imageId: string; keyPair?: string; limit: number },
): Promise<SeenServer> {
    const { imageId, limit } = wanted;
    const seen = await waitFor(context, server, limit, async (found) => found.power !== "busy");
    if (seen.imageId === imageId) return restorePower(context, server, limit);
    await server.imageReady(imageId, limit);
    const refusals = await server.refusals(seen, imageId, { mayComeLater: false });
    if (refusals.length > 0)
        throw new UserError(`cannot replace the system disk of ${server.what}: ${refusals.join("; ")}`);
    const before = seen.tags[powerTag] ?? seen.power;
    await server.tagging.set({ [powerTag]: before });
    await wipe(context, server, wanted);
    return restorePower(context, server, limit, before);
}

/**
 * Restores the power state that a server had before its disk was replaced.
 *
 * @param noted the power state, if it is known without the tag
 */
export async function restorePower(
    context: HandlerContext,
    server: ReplaceableServer,
    limit: number,
    noted?: string,
): Promise<SeenServer> {
    let before = noted;
    const seen = await waitFor(context, server, limit, async ({ power, tags }) => {
        before ??= tags[powerTag];
        if (before === undefined) return true;
        if (power === "busy") return false;
        if (before === "running" && power === "stopped") await server.start();
        else if (before === "stopped" && power === "running") await server.stop();
        else return true;
        return false;
    });
    // Until the state holds the new disk, the tag tells the next run the power state.
    if (before !== undefined) context.whenSaved(() => server.tagging.remove([powerTag]));
    return seen;
}

async function wipe(
    context: HandlerContext,
    server: ReplaceableServer,
    wanted: { imageId: string; keyPair?: string; limit: number },
): Promise<void> {
    let isAsked = false;
    let misses = 0;
    await waitFor(context, server, wanted.limit, async (seen) => {
        if (seen.power === "busy") return false;
        if (seen.imageId === wanted.imageId) return true;
        if (isAsked) {
            misses++;
            if (misses < maxPollsUntilChange) return false;
            throw new UserError(
                `the cloud did not replace the system disk of ${server.what}. Look for the reason in the cloud's console, then run "pulumi up" again`,
            );
        }
        if (server.mustBeStopped && seen.power === "running") await server.stop();
        else isAsked = await server.replace(seen, wanted);
        return false;
    });
}

/** Polls the server until the check accepts it; the check may act on what it reads. */
function waitFor(
    context: HandlerContext,
    server: ReplaceableServer,
    limit: number,
    isReady: (seen: SeenServer) => Promise<boolean>,
): Promise<SeenServer> {
    const poll = async (): Promise<PollResult<SeenServer>> => {
        const seen = await server.poll();
        if (!seen) throw new UserError(`${server.what} does not exist: correct the server or the region`);
        return (await isReady(seen)) ? { done: seen } : { pending: `server is ${seen.status}` };
    };
    return waitUntil({ context, what: server.what, poll, limit, expected: server.expected });
}
