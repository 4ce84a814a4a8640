import { UserError } from "../../clouds/errors";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { missingMessage, type PollResult, waitUntil } from "../polling/waiting";
import { describeServer, type SeenServer, type ServerService } from "./service";

/** A server that will never run: it is cleared away, and the next run begins anew. */
export class FailedServer extends UserError {}

/** A server may be missing for so many poll intervals; one that was deleted stays missing. */
const intervalsUntilMissing = 5;

/**
 * Waits until the server runs; one that was stopped by hand is left as it is.
 *
 * @param begun isNew when it was ordered just now
 * @throws FailedServer when it will never run
 */
export function waitForServer<Server extends SeenServer>(
    context: HandlerContext,
    service: ServerService<Server>,
    id: string,
    { limit, isNew = false }: { limit: number; isNew?: boolean },
): Promise<Server> {
    const { time, clouds } = context;
    const { noun, region, expectedMs: expected, asks } = service;
    const what = describeServer(service, id);
    let missedSince: number | undefined;
    const poll = async (): Promise<PollResult<Server>> => {
        const server = await service.find(id);
        if (!server) {
            missedSince ??= time.now();
            // Clouds show a new server late: only the limit ends the wait for one.
            const isMissing = time.now() - missedSince >= clouds.pollMs * intervalsUntilMissing;
            if (isMissing && !isNew) throw new UserError(missingMessage(`${noun} ${id}`, region));
            return { pending: `waiting for the ${noun} to appear` };
        }
        if (server.condition === "ready") return { done: server };
        if (server.condition === "blocked") throw new UserError(`${what} ${server.note}`);
        if (server.condition === "failed") {
            throw new FailedServer(`${what} ${server.note}. Run "pulumi refresh", then "pulumi up"`);
        }
        return { pending: `${noun} is ${server.status}` };
    };
    return waitUntil({ context, what, poll, limit, expected, asks });
}
