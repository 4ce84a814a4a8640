import type { Handler, HandlerContext } from "../../pulumi/dynamic/handler";
import { orphansBeside } from "../ownership/orphans";
import { confirm, confirmAtEnd, readOwnership } from "../ownership/ownership";
import { limitOf } from "../polling/timeouts";
import { retag, userTags } from "../tags/tags";
import {
    createServer,
    deleteOrphan,
    ownServers,
    type ServerInputs,
    type ServerPlan,
    warnOfUntagged,
} from "./createServer";
import { releaseServer } from "./releaseServer";
import type { SeenServer } from "./service";
import { waitForServer } from "./waitForServer";

/** The steps that all handlers of servers share. */
export function serverSteps<
    Inputs extends ServerInputs,
    State extends object,
    Server extends SeenServer,
    Request extends object,
>(
    open: (context: HandlerContext, inputs: Inputs) => Promise<ServerPlan<Inputs, State, Server, Request>>,
): Pick<Handler<Inputs, State>, "create" | "read" | "update" | "confirm" | "sweep" | "delete"> {
    return {
        create: async (work) => createServer(work, await open(work, work.news)),

        async read({ id, olds, ...context }) {
            const plan = await open(context, olds);
            const server = await plan.service.find(id);
            // A failed server never runs: the next `up` deletes it and creates another.
            if (!server || server.condition === "failed") return undefined;
            const inputs = {
                image: server.imageId ?? olds.image,
                name: olds.name === undefined ? undefined : server.name,
                tags: userTags(server.tags, olds.tags),
                ...plan.inputsOf(server),
            };
            return { inputs, state: await plan.stateOf(server) };
        },

        async update({ id, olds, news, ...context }) {
            const { service, nameIn, stateOf } = await open(context, news);
            const limit = limitOf(news.timeouts?.update, "30m");
            const server = await waitForServer(context, service, id, { limit });
            const name = service.rename ? (news.name ?? nameIn(olds)) : server.name;
            if (name !== undefined && name !== server.name) await service.rename?.(id, name);
            const tagging = service.tagging(id);
            await retag({ found: server.tags, before: olds.tags, wanted: news.tags, ...tagging });
            confirmAtEnd(context, tagging, readOwnership(server.tags));
            return stateOf({ ...server, name });
        },

        async confirm({ id, olds, ...context }) {
            const { service } = await open(context, olds);
            const ownership = readOwnership((await service.find(id))?.tags);
            if (ownership?.isPending) await confirm(service.tagging(id), ownership);
        },

        async sweep(work) {
            const { service, deleteLimit } = await open(work, work.olds);
            const limit = limitOf(work.olds.timeouts?.delete, deleteLimit);
            const { cloud } = work.olds;
            const servers = await work.listed([service.noun, cloud], () => ownServers(service));
            for (const { id } of await orphansBeside(work, work.id, servers)) {
                await deleteOrphan(work, service, id, limit);
            }
            if (work.begun && service.isOrderedBare)
                await warnOfUntagged(work, service, { others: [{ image: work.olds.image }] });
        },

        async delete({ id, olds, ...context }) {
            const { service, deleteLimit } = await open(context, olds);
            const limit = limitOf(olds.timeouts?.delete, deleteLimit);
            await releaseServer(context, service, id, { limit, isOrphan: false });
        },
    };
}
