import type { CreateWork, HandlerContext } from "../../pulumi/dynamic/handler";
import { type Properties, plainJson, sameJson } from "../../pulumi/dynamic/plainJson";
import { withoutPlumbing } from "../../pulumi/dynamic/plumbing";
import { waitWhilePending } from "../images/waitForImage";
import { isAddressable } from "../notFound";
import { claim } from "../ownership/claim";
import { createOnce } from "../ownership/createOnce";
import {
    confirmAtEnd,
    contentHashOf,
    nameFor,
    type Owned,
    type Ownership,
    owned,
    readOwnership,
    tagsWith,
} from "../ownership/ownership";
import { limitOf, type Timeouts } from "../polling/timeouts";
import { retag } from "../tags/tags";
import { releaseServer } from "./releaseServer";
import { describeServer, type SeenServer, type ServerService } from "./service";
import { FailedServer, waitForServer } from "./waitForServer";

/** The inputs that every kind of server has. */
export interface ServerInputs {
    cloud: object;
    image: string;
    name?: string;
    tags?: Record<string, string>;
    timeouts?: Timeouts;
}

/** How the server of one resource is created. */
export interface ServerPlan<Inputs, State, Server extends SeenServer, Request extends object> {
    service: ServerService<Server, Request>;
    /** The order without name and tags; called when the image can be used. */
    request(): Request | Promise<Request>;
    /** The state before the server runs. */
    begunState(name: string): State;
    stateOf(server: Server): State | Promise<State>;
    /** The name that the state holds. */
    nameIn(state: State): string;
    /** The current values of the inputs that only this kind of server has. */
    inputsOf(server: Server): Partial<Inputs>;
    deleteLimit: string;
}

interface Claimed {
    ownership: Ownership;
    orphan?: string;
    hasDiscarded: boolean;
}

/** How many times a server that an interrupted run may have ordered is looked for: clouds list new servers late. */
const maxPollsForLate = 10;

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
    const { news, identity } = work;
    const limit = limitOf(news.timeouts?.create, "30m");
    await waitWhilePending(work, service.images, news.image, limit);
    const request = await plan.request();

    // 1. Resume the server of an interrupted run if it matches the inputs, otherwise delete it.
    const contentHash = service.rename ? contentHashOf(request) : contentHashOf(request, news.name);
    // An order with other inputs may not be listed yet, and an order with the current inputs would create another
    // server.
    const others = await otherInputs(work);
    const mayAppear = !service.isOrderedBare && others.length > 0;
    const { ownership, orphan } = await claimServer(work, service, { contentHash, limit, mayAppear });

    // 2. Order the server. Its id is recorded, so that a later failure keeps it.
    const name = news.name ?? nameFor(identity, ownership.ownerId);
    const tags = tagsWith(ownership, news.tags);
    if (orphan !== undefined) work.checkpoint(orphan, plan.begunState(name));
    const id =
        orphan ??
        (await createOnce({
            context: work,
            identity,
            ownership,
            noun: service.noun,
            sent: service.isOrderedBare ? request : [request, name, tags],
            limit,
            order: (token) => service.order(request, { context: work, name, tags, ownership, limit, ...token }),
            isVisible: async (candidate) => (await service.find(candidate)) !== undefined,
            exists: (candidate) => isAddressable(service.isGone, () => service.tagging(candidate).set(tags)),
            checkpoint: {
                set: (found) => work.checkpoint(found, plan.begunState(name)),
                clear: () => work.clearCheckpoint(),
            },
        }));

    // 3. Wait until it runs, and set its name and tags.
    const tagging = service.tagging(id);
    if (service.isOrderedBare) await tagging.set(tags);
    try {
        let server = await waitForServer(work, service, id, { limit, isNew: true });
        if (service.rename && server.name !== name) {
            await service.rename(id, name);
            server = await waitForServer(work, service, id, { limit, isNew: true });
        }
        // The inputs may have changed since the interrupted run ordered it.
        if (orphan !== undefined) await retag({ found: server.tags, wanted: news.tags, ...tagging });
        if (mayAppear && orphan === undefined) await claimListed(work, service, { contentHash, limit });
        if (service.isOrderedBare) await warnOfUntagged(work, service, { id, others });
        confirmAtEnd(work, tagging, ownership);
        return { id, state: await plan.stateOf({ ...server, name }) };
    } catch (error) {
        if (!(error instanceof FailedServer)) throw error;
        await releaseServer(work, service, id, { limit, isOrphan: true });
        work.clearCheckpoint();
        throw error;
    }
}

/** The inputs of interrupted creates of this resource that differ from the current inputs. */
async function otherInputs({ holders, identity, news }: CreateWork<object, unknown>): Promise<Properties[]> {
    const { here } = await holders.unfinishedCreates(identity.urn);
    const interrupted = here.filter(({ owner }) => owner?.id !== identity.owner?.id);
    const wanted = plainJson({ ...news });
    return interrupted.map(({ inputs }) => withoutPlumbing(inputs)).filter((inputs) => !sameJson(inputs, wanted));
}

/**
 * Warns about servers without a tag that an interrupted run may have ordered: nothing tells for certain who owns them.
 */
export async function warnOfUntagged(
    work: HandlerContext,
    service: ServerService,
    { id, others }: { id?: string; others: readonly Properties[] },
): Promise<void> {
    if (others.length === 0) return;
    const images = others.map(({ image }) => image);
    for (const server of await service.all()) {
        const isLike = server.id !== id && images.includes(server.imageId) && readOwnership(server.tags) === undefined;
        if (!isLike || (await work.holders.holding(server.id)) !== "free") continue;
        work.warn(
            `${describeServer(service, server.id)} may be left over from an interrupted run that ordered it with other ` +
                "inputs: it has no owner tag, and no stack holds it. If you do not need it, refund it in the console",
        );
    }
}

/** Claims the servers of interrupted runs. A server that may be listed late is looked for several times. */
async function claimServer(
    work: CreateWork<unknown, unknown>,
    service: ServerService,
    { mayAppear, ...wanted }: { contentHash: string; limit: number; mayAppear: boolean },
): Promise<Claimed> {
    for (let polls = 1; ; polls++) {
        const claimed = await claimListed(work, service, wanted);
        if (!mayAppear || claimed.orphan !== undefined || claimed.hasDiscarded || polls >= maxPollsForLate)
            return claimed;
        work.report(`looking for the ${service.noun} that an interrupted run may have ordered`);
        await work.time.sleep(work.clouds.pollMs);
    }
}

/** Deletes servers of interrupted runs that do not match the inputs, and returns what to order or what to resume. */
async function claimListed(
    work: CreateWork<unknown, unknown>,
    service: ServerService,
    { contentHash, limit }: { contentHash: string; limit: number },
): Promise<Claimed> {
    const servers = await service.all();
    const own = servers.flatMap(ownedServer);
    for (const { id, ownership } of own) {
        if (work.holders.isHeldHere(id)) confirmAtEnd(work, service.tagging(id), ownership);
    }
    // An order without tags may have been interrupted before its server was tagged.
    const mayBeUntagged = service.isOrderedBare === true && own.length < servers.length;
    const { ownership, adopt, discard } = await claim(work, contentHash, own, { mayBeUntagged });
    for (const { id } of discard) await deleteOrphan(work, service, id, limit);
    return { ownership, orphan: adopt?.id, hasDiscarded: discard.length > 0 };
}

const ownedServer = ({ id, tags, condition }: SeenServer) => owned(id, tags, condition === "failed");

/** The servers that resources of this provider ordered. */
export async function ownServers(service: ServerService): Promise<Owned[]> {
    return (await service.all()).flatMap(ownedServer);
}

/** Deletes the server of an interrupted run, or warns about it if the cloud cannot delete it. */
export async function deleteOrphan(
    context: HandlerContext,
    service: ServerService,
    id: string,
    limit: number,
): Promise<void> {
    const { noun, keepsOrphans } = service;
    if (keepsOrphans === undefined) await releaseServer(context, service, id, { limit, isOrphan: true });
    else context.warn(`${noun} ${id} is left over from an interrupted run: ${keepsOrphans}`);
}
