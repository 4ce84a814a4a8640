import type { CreateWork } from "../../dynamic/handler";
import { waitWhilePending } from "../images/waitForImage";
import { orderServer } from "../orderServer";
import { claim, contentOf, nameFor, type Owned, owned, settle, tagsWith } from "../ownership";
import { limitOf, type Timeouts } from "../timeouts";
import { releaseServer } from "./releaseServer";
import type { SeenServer, ServerService } from "./service";
import { FailedServer, waitForServer } from "./waitForServer";

/** The inputs that every kind of server has. */
export interface ServerInputs {
    image: string;
    name?: string;
    tags?: Record<string, string>;
    timeouts?: Timeouts;
}

/** A resource's server, as its inputs want it. */
export interface ServerPlan<Inputs, State, Server extends SeenServer, Request extends object> {
    service: ServerService<Server, Request>;
    /** What is ordered, without name and tags; asked for when the image can be used. */
    request(): Request | Promise<Request>;
    /** Before it runs. */
    begunState(name: string): State;
    stateOf(server: Server): State | Promise<State>;
    /** The name that the state holds. */
    nameIn(state: State): string;
    /** What the cloud says of the inputs that only this kind of server has. */
    inputsOf(server: Server): Partial<Inputs>;
    deleteLimit: string;
}

/** Makes the server, or goes on with the one that an interrupted run has ordered. */
export async function createServer<
    Inputs extends ServerInputs,
    State,
    Server extends SeenServer,
    Request extends object,
>(
    work: CreateWork<Inputs, State>,
    plan: ServerPlan<Inputs, State, Server, Request>,
): Promise<{ id: string; state: State }> {
    const { service } = plan;
    const { news, origin } = work;
    const limit = limitOf(news.timeouts?.create, "30m");
    await waitWhilePending(work, service.images, news.image, limit);
    const request = await plan.request();

    // 1. What interrupted runs ordered: gone on with when it is just this, else cleared away.
    // A name that stays for good is part of what the server is.
    const content = service.rename ? contentOf(request) : contentOf(request, news.name);
    const { ownership, adopt, discard } = claim(origin, content, await ownServers(service));
    for (const { id } of discard) {
        if (service.keepsLeftovers === undefined) await releaseServer(work, service, id, { limit, isLeftover: true });
        else work.warn(`${service.noun} ${id} of an interrupted run is of no use any more: ${service.keepsLeftovers}`);
    }

    // 2. The server. From here on its id is kept, whatever happens.
    const name = news.name ?? nameFor(origin, ownership.mark);
    const tags = tagsWith(ownership, news.tags);
    const id =
        adopt?.id ??
        (await orderServer({
            surroundings: work,
            ownership,
            order: (clientToken, attempt) =>
                service.order(request, { surroundings: work, name, tags, ownership, clientToken, attempt, limit }),
            isThere: async (candidate) => (await service.find(candidate)) !== undefined,
        }));
    work.made(id, plan.begunState(name));

    // 3. Done when it runs, with its name and tags.
    const tagging = service.tagging(id);
    if (service.isOrderedBare) await tagging.set(tags);
    try {
        let server = await waitForServer(work, service, id, { limit, isNew: true });
        if (service.isOrderedBare) {
            await service.rename?.(id, name);
            server = await waitForServer(work, service, id, { limit, isNew: true });
        }
        settle(work, tagging, ownership);
        return { id, state: await plan.stateOf({ ...server, name }) };
    } catch (error) {
        if (!(error instanceof FailedServer)) throw error;
        await releaseServer(work, service, id, { limit, isLeftover: true });
        work.unmade();
        throw error;
    }
}

/** The servers that resources of ours made. */
async function ownServers(service: ServerService): Promise<Owned[]> {
    const servers = await service.all();
    return servers.flatMap(({ id, tags, condition }) => owned(id, tags, condition === "failed"));
}
