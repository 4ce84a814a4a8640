import { CloudError, UserError } from "../../clouds/errors";
import { isGone } from "../../clouds/huawei/failures";
import type { HuaweiRegion } from "../../clouds/huawei/region";
import type { CreateServerRequest } from "../../clouds/huawei/servers";
import type { Surroundings } from "../../dynamic/handler";
import { expectedMs } from "../expectedDurations";
import { type Ownership, readOwnership } from "../ownership";
import { type Look, waitUntil } from "../waiting";
import type { Order } from "./service";
import { FailedServer } from "./waitForServer";

/** How often a server whose order was not answered is looked for. */
const looksAfterLostAnswer = 10;
/** How often the server of a job that has ended without naming it is looked for. */
const looksForUnnamed = 10;
/** How often a server is ordered whose orders are not answered. */
const mostOrders = 5;
/** How many failed orders of earlier runs are passed over. */
const mostEarlierOrders = 10;

/**
 * Orders a server and follows the order to its end: before, the server's id may answer 404. An order whose answer was
 * lost is given again only when no server of it came to light, because Open Telekom Cloud documents no client token.
 *
 * @returns undefined when an earlier run gave the order, and it failed
 */
export async function orderAndFollow(
    region: HuaweiRegion,
    request: CreateServerRequest,
    { surroundings, ownership, limit, attempt }: Pick<Order, "surroundings" | "ownership" | "limit" | "attempt">,
): Promise<string | undefined> {
    for (let order = 1; ; order++) {
        try {
            const { jobId, serverIds } = await region.servers.createServer(request);
            return await followOrder(surroundings, region, {
                jobId,
                serverId: serverIds[0],
                ownership,
                limit,
                attempt,
            });
        } catch (error) {
            if (!(error instanceof CloudError && error.outcomeUnknown)) throw error;
            const found = await orderedBefore(surroundings, region, ownership);
            if (found !== undefined) return found;
            if (!error.retryable || order >= mostOrders) throw error;
        }
    }
}

/** The server of an order whose answer was lost, as soon as it is listed. */
async function orderedBefore(
    surroundings: Surroundings,
    region: HuaweiRegion,
    ownership: Ownership,
): Promise<string | undefined> {
    for (let look = 0; look < looksAfterLostAnswer; look++) {
        surroundings.report("looking for the server of an order that was not answered");
        await surroundings.time.sleep(surroundings.clouds.pollMs);
        const found = await markedServer(region, ownership);
        if (found !== undefined) return found;
    }
    return undefined;
}

async function markedServer(region: HuaweiRegion, { mark }: Ownership): Promise<string | undefined> {
    const servers = await region.servers.allServers();
    return servers.find(({ tags }) => readOwnership(tags)?.mark === mark)?.id;
}

async function followOrder(
    surroundings: Surroundings,
    region: HuaweiRegion,
    given: { jobId: string; serverId?: string; ownership: Ownership; limit: number; attempt: number },
): Promise<string | undefined> {
    const { jobId, serverId, ownership, limit, attempt } = given;
    let looks = 0;
    let missed = 0;
    const look = async (): Promise<Look<string | undefined>> => {
        const job = await region.servers.job(jobId);
        looks++;
        if (job.status === "FAIL") {
            // No order fails as soon as it is given: the cloud answered for the one that an earlier run gave.
            if (looks === 1 && attempt < mostEarlierOrders) return { done: undefined };
            const code = job.errorCode ? `${job.errorCode}, ` : "";
            throw new FailedServer(
                `the server could not be made: ${job.failReason ?? "no reason given"} (${code}job ${jobId}): run up again`,
            );
        }
        if (job.status !== "SUCCESS") return { pending: "making the server", progress: job.progress };
        // Some jobs name no server; it bears the resource's tag.
        const id = serverId ?? job.serverIds[0] ?? (await markedServer(region, ownership));
        if (id !== undefined) return { done: id };
        missed++;
        if (missed < looksForUnnamed) return { pending: "waiting for the server to appear" };
        throw new UserError(
            `server job ${jobId} has succeeded, but names no server, and none with the resource's tag is listed: ` +
                'look for the server in the console of the cloud, then run "pulumi up" again',
        );
    };
    const expected = expectedMs.huaweiServer;
    try {
        return await waitUntil({ surroundings, what: `server job ${jobId}`, look, limit, expected });
    } catch (error) {
        // The cloud forgets jobs sooner than tokens: the order is an old one, and its server is what counts.
        if (isGone(error) && serverId !== undefined) return serverId;
        throw error;
    }
}
