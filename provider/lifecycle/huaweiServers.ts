import { CloudError, UserError } from "../clouds/errors";
import { isGone } from "../clouds/huawei/failures";
import type { HuaweiRegion } from "../clouds/huawei/region";
import type { HuaweiServer } from "../clouds/huawei/serverAnswers";
import type { CreateServerRequest } from "../clouds/huawei/servers";
import type { Surroundings } from "../dynamic/handler";
import { expectedMs } from "./expectedDurations";
import { goneIsDone } from "./gone";
import { type Owned, type Ownership, owned } from "./ownership";
import { type Look, waitUntil } from "./waiting";

/** A server that will never run. */
export class FailedServer extends UserError {}

/** Refused because of what the server is doing (reference huawei.md section 7). */
const wrongStatus = "Ecs.0100";
/** How often a server whose order was not answered is looked for. */
const looksAfterLostAnswer = 10;
/** How often a server is ordered whose orders are not answered. */
const mostOrders = 5;
/** How many failed orders of earlier runs are passed over. */
const mostEarlierOrders = 10;

/** The servers of the project that resources of ours made. */
export async function ownServers(region: HuaweiRegion): Promise<Owned[]> {
    const servers = await region.servers.allServers();
    return servers.flatMap(({ id, tags, status }) => owned(id, tags, status === "ERROR"));
}

/**
 * Orders a server and follows the order to its end: before, the server's id may answer 404. An order whose answer was
 * lost is given again only when no server of it came to light, because Open Telekom Cloud documents no client token.
 *
 * @returns undefined when an earlier run gave the order, and it failed
 */
export async function orderAndFollow(
    surroundings: Surroundings,
    region: HuaweiRegion,
    request: CreateServerRequest,
    { ownership, limit, attempt }: { ownership: Ownership; limit: number; attempt: number },
): Promise<string | undefined> {
    for (let order = 1; ; order++) {
        try {
            const { jobId, serverIds } = await region.servers.createServer(request);
            return await followOrder(surroundings, region, { jobId, serverId: serverIds[0], limit, attempt });
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
    { mark }: Ownership,
): Promise<string | undefined> {
    for (let look = 0; look < looksAfterLostAnswer; look++) {
        await surroundings.time.sleep(surroundings.clouds.pollMs);
        const found = (await ownServers(region)).find((own) => own.ownership.mark === mark);
        if (found) return found.id;
    }
    return undefined;
}

async function followOrder(
    surroundings: Surroundings,
    region: HuaweiRegion,
    { jobId, serverId, limit, attempt }: { jobId: string; serverId?: string; limit: number; attempt: number },
): Promise<string | undefined> {
    let looks = 0;
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
        const id = serverId ?? job.serverIds[0];
        return job.status === "SUCCESS" && id ? { done: id } : { pending: "making the server", progress: job.progress };
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

/** Waits until the server runs; one that was stopped by hand is left as it is. */
export function waitForServer(
    surroundings: Surroundings,
    region: HuaweiRegion,
    id: string,
    limit: number,
): Promise<HuaweiServer> {
    const look = async (): Promise<Look<HuaweiServer>> => {
        const server = await region.servers.server(id);
        if (server?.status === "ACTIVE" || server?.status === "SHUTOFF") return { done: server };
        if (server?.status === "ERROR") {
            throw new FailedServer(
                `server ${id} in ${region.region} has the status ERROR: run "pulumi refresh", then up`,
            );
        }
        return { pending: `server is ${server?.status ?? "not there yet"}` };
    };
    const expected = expectedMs.huaweiServer;
    const asks = region.servers.server;
    return waitUntil({ surroundings, what: `server ${id} in ${region.region}`, look, limit, expected, asks });
}

/** Deletes a server and waits until it is gone. */
export async function deleteServer(
    surroundings: Surroundings,
    region: HuaweiRegion,
    id: string,
    options: { deleteVolumes: boolean; limit: number },
): Promise<void> {
    let isAsked = false;
    const look = async (): Promise<Look<true>> => {
        const server = await region.servers.server(id);
        if (!server || server.status === "DELETED") return { done: true };
        isAsked ||= await askForDeletion(region, id, options);
        return { pending: isAsked ? "deleting the server" : "waiting until the server can be deleted" };
    };
    const asks = region.servers.server;
    await waitUntil({ surroundings, what: `the deletion of server ${id}`, look, limit: options.limit, asks });
}

/** False while the server does something else, or is being deleted since an interrupted run. */
async function askForDeletion(
    region: HuaweiRegion,
    id: string,
    { deleteVolumes }: { deleteVolumes: boolean },
): Promise<boolean> {
    try {
        await goneIsDone(isGone, () => region.servers.deleteServer(id, { deleteVolumes }));
        return true;
    } catch (error) {
        if (error instanceof CloudError && error.code === wrongStatus) return false;
        throw error;
    }
}
