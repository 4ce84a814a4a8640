import { CloudError, UserError } from "../../clouds/errors";
import { isGone } from "../../clouds/huawei/failures";
import type { HuaweiRegion } from "../../clouds/huawei/region";
import { type CreateServerRequest, createOperation } from "../../clouds/huawei/servers";
import { spoken } from "../../core/time";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { type Ownership, ownerTag, readOwnership } from "../ownership/ownership";
import { expectedMs } from "../polling/expectedDurations";
import { type PollResult, waitUntil } from "../polling/waiting";
import type { Order } from "./service";
import { FailedServer } from "./waitForServer";

/** How many times the server is looked for if its job has ended without naming it. */
const maxPollsForUnnamed = 10;

/**
 * Orders a server and waits for the end of its job: until then, its id may answer 404. If the answer to an order is
 * lost, its server is looked for until the end of the step, and no other server is ordered: Open Telekom Cloud
 * documents no client token, and a list that does not show the server does not prove that it does not exist.
 *
 * @returns undefined if an earlier run sent the order and it failed
 */
export async function orderAndFollow(
    region: HuaweiRegion,
    request: CreateServerRequest,
    { context, ownership, limit, mayBeEarlier }: Pick<Order, "context" | "ownership" | "limit" | "mayBeEarlier">,
): Promise<string | undefined> {
    try {
        const { jobId, serverIds } = await region.servers.createServer(request);
        const serverId = serverIds[0];
        return await followOrder(context, region, { jobId, serverId, ownership, limit, mayBeEarlier });
    } catch (error) {
        if (!(error instanceof CloudError && error.outcomeUnknown && error.operation === createOperation)) throw error;
        return await unansweredServer(context, region, { ownership, limit, error });
    }
}

/** The server of an order whose answer was lost, as soon as it is listed. */
async function unansweredServer(
    context: HandlerContext,
    region: HuaweiRegion,
    { ownership, limit, error }: { ownership: Ownership; limit: number; error: CloudError },
): Promise<string> {
    const pending = "looking for the server of an unanswered order";
    const poll = async (): Promise<PollResult<string>> => {
        const found = await taggedServer(region, ownership);
        return found === undefined ? { pending } : { done: found };
    };
    try {
        const what = "the server of an unanswered order";
        return await waitUntil({ context, what, poll, limit });
    } catch (cause) {
        if (!(cause instanceof UserError)) throw cause;
        throw new UserError(
            `the cloud did not answer the order of a server (${error.message}), and no server with the tag ` +
                `${ownerTag}=${ownership.ownerId}… is listed in ${region.region} after ${spoken(limit)}. No second server is ` +
                "ordered. Look for the server in the cloud's console. If it exists, run the same command again " +
                "to resume it. If it does not exist, the same command orders another one",
            { cause },
        );
    }
}

async function taggedServer(region: HuaweiRegion, { ownerId }: Ownership): Promise<string | undefined> {
    const servers = await region.servers.allServers();
    return servers.find(({ tags }) => readOwnership(tags)?.ownerId === ownerId)?.id;
}

async function followOrder(
    context: HandlerContext,
    region: HuaweiRegion,
    given: { jobId: string; serverId?: string; ownership: Ownership; limit: number; mayBeEarlier: boolean },
): Promise<string | undefined> {
    const { jobId, serverId, ownership, limit, mayBeEarlier } = given;
    let polls = 0;
    let missed = 0;
    const poll = async (): Promise<PollResult<string | undefined>> => {
        const job = await region.servers.job(jobId);
        polls++;
        if (job.status === "FAIL") {
            // A new order does not fail at once: the cloud answered for the order of an earlier run.
            if (polls === 1 && mayBeEarlier) return { done: undefined };
            const code = job.errorCode ? `${job.errorCode}, ` : "";
            throw new FailedServer(
                `the server could not be created: ${job.failReason ?? "no reason given"} (${code}job ${jobId}). Run "pulumi up" again`,
            );
        }
        if (job.status !== "SUCCESS") return { pending: "creating the server", progress: job.progress };
        // Some jobs do not name the server; it is found by the resource's tag.
        const id = serverId ?? job.serverIds[0] ?? (await taggedServer(region, ownership));
        if (id !== undefined) return { done: id };
        missed++;
        if (missed < maxPollsForUnnamed) return { pending: "waiting for the server to appear" };
        throw new UserError(
            `server job ${jobId} succeeded but returned no server id, and no server with the resource's tag is listed. ` +
                `Look for the server in the cloud's console, then run "pulumi up" again`,
        );
    };
    const expected = expectedMs.huaweiServer;
    try {
        return await waitUntil({ context, what: `server job ${jobId}`, poll, limit, expected });
    } catch (error) {
        // The cloud keeps tokens longer than jobs. The order is then an old one, and only its server matters.
        if (isGone(error) && serverId !== undefined) return serverId;
        throw error;
    }
}
