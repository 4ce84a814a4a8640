import { UserError } from "../../clouds/errors";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { missingMessage, type PollResult, waitUntil } from "../polling/waiting";
import { describeServer, type SeenServer, type ServerService } from "./service";

/** A server that will never run. It is deleted, and the next run creates another one. */
export class FailedServer extends UserError {}

/** For how many poll intervals a list may not show a server before the server counts as deleted. */
const intervalsUntilMissing = 5;

/**
 * Waits until the server runs; a server that was stopped by hand stays stopped.
 *
 * @param options isNew: the server was ordered just now
 * @throws FailedServer if it will never run
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
            // Clouds show a new server late, so only the limit ends the wait for it.
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
