import type { CreateWork, Surroundings } from "../../dynamic/handler";
import { claim } from "../claim";
import { createOnce } from "../createOnce";
import { isAddressable } from "../gone";
import { waitWhilePending } from "../images/waitForImage";
import { confirmAtEnd, contentOf, nameFor, type Owned, type Ownership, owned, tagsWith } from "../ownership";
import { retag } from "../tags";
import { limitOf, type Timeouts } from "../timeouts";
import { releaseServer } from "./releaseServer";
import type { SeenServer, ServerService } from "./service";
import { FailedServer, waitForServer } from "./waitForServer";

/** The inputs that every kind of server has. */
export interface ServerInputs {
    cloud: object;
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

/** Creates the server, or resumes the one that an interrupted run has ordered. */
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

    // 1. What interrupted runs ordered: resumed when it is just this, else deleted.
    // A name that stays for good is part of what the server is.
    const content = service.rename ? contentOf(request) : contentOf(request, news.name);
    const { ownership, leftover } = await claimServer(work, service, { content, limit });

    // 2. The server. From here on its id is kept, whatever happens.
    const name = news.name ?? nameFor(origin, ownership.mark);
    const tags = tagsWith(ownership, news.tags);
    if (leftover !== undefined) work.made(leftover, plan.begunState(name));
    const id =
        leftover ??
        (await createOnce({
            surroundings: work,
            origin,
            ownership,
            noun: service.noun,
            sent: service.isOrderedBare ? request : [request, name, tags],
            limit,
            order: (clientToken, attempt) =>
                service.order(request, { surroundings: work, name, tags, ownership, clientToken, attempt, limit }),
            isVisible: async (candidate) => (await service.find(candidate)) !== undefined,
            exists: (candidate) => isAddressable(service.isGone, () => service.tagging(candidate).set(tags)),
            checkpoint: { set: (found) => work.made(found, plan.begunState(name)), clear: () => work.unmade() },
        }));

    // 3. Done when it runs, with its name and tags.
    const tagging = service.tagging(id);
    if (service.isOrderedBare) await tagging.set(tags);
    try {
        let server = await waitForServer(work, service, id, { limit, isNew: true });
        if (service.rename && server.name !== name) {
            await service.rename(id, name);
            server = await waitForServer(work, service, id, { limit, isNew: true });
        }
        // The inputs may have changed since the interrupted run ordered it.
        if (leftover !== undefined) await retag({ found: server.tags, wanted: news.tags, ...tagging });
        confirmAtEnd(work, tagging, ownership);
        return { id, state: await plan.stateOf({ ...server, name }) };
    } catch (error) {
        if (!(error instanceof FailedServer)) throw error;
        await releaseServer(work, service, id, { limit, isLeftover: true });
        work.unmade();
        throw error;
    }
}

/** Deletes what interrupted runs ordered and nobody needs, and says what to order, or what to resume. */
async function claimServer(
    work: CreateWork<unknown, unknown>,
    service: ServerService,
    { content, limit }: { content: string; limit: number },
): Promise<{ ownership: Ownership; leftover?: string }> {
    const servers = await service.all();
    const own = servers.flatMap(ownedServer);
    for (const { id, ownership } of own) {
        if (work.holders.isHeldHere(id)) confirmAtEnd(work, service.tagging(id), ownership);
    }
    // An order without tags may have been interrupted before its server got them.
    const mayBeUntagged = service.isOrderedBare === true && own.length < servers.length;
    const { ownership, adopt, discard } = await claim(work, content, own, { mayBeUntagged });
    for (const { id } of discard) await releaseLeftover(work, service, id, limit);
    return { ownership, leftover: adopt?.id };
}

const ownedServer = ({ id, tags, condition }: SeenServer) => owned(id, tags, condition === "failed");

/** The servers that resources of ours ordered. */
export async function ownServers(service: ServerService): Promise<Owned[]> {
    return (await service.all()).flatMap(ownedServer);
}

/** Deletes what an interrupted run ordered and nobody needs, where the cloud can. */
export async function releaseLeftover(
    surroundings: Surroundings,
    service: ServerService,
    id: string,
    limit: number,
): Promise<void> {
    const { noun, keepsLeftovers } = service;
    if (keepsLeftovers === undefined) await releaseServer(surroundings, service, id, { limit, isLeftover: true });
    else surroundings.warn(`${noun} ${id} is left over from an interrupted run: ${keepsLeftovers}`);
}
