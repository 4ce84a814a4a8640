import { z } from "zod";
import { SWAS_PRODUCT_CODE } from "../clouds/alibaba/bss";
import type { SwasInstance } from "../clouds/alibaba/swas/instances";
import type { AlibabaRegion } from "../clouds/connect";
import { UserError } from "../clouds/errors";
import type { Handler, Surroundings } from "../dynamic/handler";
import { ensureServer } from "../lifecycle/ensureServer";
import { expectedMs } from "../lifecycle/expectedDurations";
import { imageRegionProblems } from "../lifecycle/imagePlace";
import { markedTags, nameFor, ownerMark, ownerTag, tagChanges, userTags } from "../lifecycle/origin";
import { limitOf, timeouts } from "../lifecycle/timeouts";
import { type Look, waitUntil } from "../lifecycle/waiting";
import { alibabaCloud, alibabaTags, imageFacts } from "./inputs";

const inputs = z.strictObject({
    cloud: alibabaCloud,
    image: z.string().min(1),
    imageFacts,
    plan: z.string().min(1),
    months: z
        .union(
            [1, 3, 6, 12, 24, 36].map((months) => z.literal(months)),
            { error: "must be 1, 3, 6, 12, 24 or 36" },
        )
        .optional(),
    dataDiskGiB: z.int().min(20).max(16_380).multipleOf(20).optional(),
    name: z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{1,49}$/, 'must have 2 to 50 letters, digits, "_" or "-"')
        .optional(),
    tags: alibabaTags.optional(),
    onDelete: z.strictObject({ refund: z.boolean().optional() }).optional(),
    timeouts: timeouts.optional(),
});

type Inputs = z.infer<typeof inputs>;

export interface SimpleServerState {
    serverName: string;
    status: string;
    publicIpAddress?: string;
    expiresAt?: string;
}

function stateOf(server: SwasInstance): SimpleServerState {
    return {
        serverName: server.instanceName ?? "",
        status: server.status,
        publicIpAddress: server.publicIpAddress,
        expiresAt: server.expiresAt,
    } satisfies SimpleServerState;
}

async function find(region: AlibabaRegion, id: string): Promise<SwasInstance | undefined> {
    const [server] = await region.swas.listInstances({ instanceIds: [id] });
    return server;
}

export const simpleServer: Handler<Inputs, SimpleServerState> = {
    inputs,
    replaceOn: ["cloud", "image", "plan", "dataDiskGiB"],

    problems: imageRegionProblems,

    async create({ origin, news, made, ...surroundings }) {
        const region = await surroundings.clouds.alibaba(news.cloud);
        const name = news.name ?? nameFor(origin);
        const limit = limitOf(news.timeouts?.create, "30m");

        const request = {
            imageId: news.image,
            planId: news.plan,
            period: news.months ?? 1,
            amount: 1,
            dataDiskSize: news.dataDiskGiB,
        };

        // 1. The server: SWAS takes neither name nor tags with the order, only a token.
        const id = await ensureServer({
            surroundings,
            origin,
            request,
            findLeftover: async () => {
                const servers = await region.swas.listInstances();
                return servers.find((server) => server.tags[ownerTag] === ownerMark(origin))?.instanceId;
            },
            make: async (clientToken) => {
                const [bought] = await region.swas.createInstances({ ...request, clientToken });
                if (bought === undefined)
                    throw new UserError("SWAS sold a server without naming it: look in the console");
                return bought;
            },
            isThere: async (candidate) => (await find(region, candidate)) !== undefined,
        });
        made(id, { serverName: name, status: "Pending" });

        // 2. Name, tags and mark.
        await region.swas.tagResources({
            resourceType: "instance",
            resourceIds: [id],
            tags: markedTags(origin, news.tags),
        });
        await waitForRunning(surroundings, region, id, limit);
        await region.swas.updateInstanceAttribute({ instanceId: id, instanceName: name });
        const server = await waitForRunning(surroundings, region, id, limit);
        return { id, state: { ...stateOf(server), serverName: name } };
    },

    async read({ clouds, id, olds }) {
        const server = await find(await clouds.alibaba(olds.cloud), id);
        if (!server) return undefined;
        return {
            inputs: {
                image: server.imageId ?? olds.image,
                plan: server.planId ?? olds.plan,
                name: olds.name === undefined ? undefined : server.instanceName,
                tags: userTags(server.tags, olds.tags),
            },
            state: stateOf(server),
        };
    },

    async update({ id, olds, news, ...surroundings }) {
        const region = await surroundings.clouds.alibaba(news.cloud);
        const server = await waitForRunning(surroundings, region, id, limitOf(news.timeouts?.update, "30m"));
        const name = news.name ?? olds.serverName;
        if (name !== server.instanceName) {
            await region.swas.updateInstanceAttribute({ instanceId: id, instanceName: name });
        }
        const { set, remove } = tagChanges(userTags(server.tags, undefined), news.tags);
        const target = { resourceType: "instance" as const, resourceIds: [id] };
        if (remove.length > 0) await region.swas.untagResources({ ...target, keys: remove });
        if (Object.keys(set).length > 0) await region.swas.tagResources({ ...target, tags: set });
        return { ...stateOf(server), serverName: name };
    },

    async delete({ id, olds, ...surroundings }) {
        const region = await surroundings.clouds.alibaba(olds.cloud);
        if (!(await find(region, id))) return;
        if (!olds.onDelete?.refund) {
            throw new UserError(
                `server ${id} (${olds.serverName}) cannot be deleted: Simple Application Server has no such action. ` +
                    "Set onDelete: { refund: true } and run up, to give it back and be refunded, " +
                    "or keep it with the resource option retainOnDelete",
            );
        }
        await region.bss.refundInstance({
            instanceId: id,
            productCode: SWAS_PRODUCT_CODE,
            clientToken: `refund-${id}`,
        });
        const look = async (): Promise<Look<true>> =>
            (await find(region, id)) ? { pending: "giving the server back" } : { done: true };
        const limit = limitOf(olds.timeouts?.delete, "30m");
        await waitUntil({ surroundings, what: `the release of server ${id}`, look, limit });
    },
};

/** Waits until the server runs; one that was stopped by hand is left as it is. */
function waitForRunning(
    surroundings: Surroundings,
    region: AlibabaRegion,
    id: string,
    limit: number,
): Promise<SwasInstance> {
    const look = async (): Promise<Look<SwasInstance>> => {
        const server = await find(region, id);
        if (!server) throw new UserError(`server ${id} has disappeared from ${region.region}: run up again`);
        if (server.status === "Running" || server.status === "Stopped") return { done: server };
        if (server.status === "Disabled") {
            throw new UserError(`server ${id} is disabled (${server.disableReason ?? "no reason given"})`);
        }
        return { pending: `server is ${server.status}` };
    };
    return waitUntil({
        surroundings,
        what: `server ${id} in ${region.region}`,
        look,
        limit,
        expected: expectedMs.swasServer,
    });
}
