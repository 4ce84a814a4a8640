import { z } from "zod";
import { SWAS_PRODUCT_CODE } from "../clouds/alibaba/bss";
import type { SwasInstance } from "../clouds/alibaba/swas/instances";
import { ecsImageOnSwas, explain } from "../clouds/capabilities";
import type { AlibabaRegion } from "../clouds/connect";
import { UserError } from "../clouds/errors";
import type { Handler, Surroundings } from "../dynamic/handler";
import { serverTagging } from "../lifecycle/alibabaTagging";
import { without } from "../lifecycle/defaults";
import { expectedMs } from "../lifecycle/expectedDurations";
import { imageRegionProblems } from "../lifecycle/imagePlace";
import { swasImages } from "../lifecycle/images/swasImages";
import { waitWhilePending } from "../lifecycle/images/waitForImage";
import { orderServer } from "../lifecycle/orderServer";
import {
    claim,
    contentOf,
    nameFor,
    type Owned,
    owned,
    ownerTag,
    readOwnership,
    settle,
    tagsWith,
} from "../lifecycle/ownership";
import { retag, userTags } from "../lifecycle/tags";
import { whyServerStays } from "../lifecycle/serverWithoutRefund";
import { limitOf, timeouts } from "../lifecycle/timeouts";
import { goneFor, type Look, waitUntil } from "../lifecycle/waiting";
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
    deleteProtection: z.boolean().optional(),
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

function find(region: AlibabaRegion, id: string): Promise<SwasInstance | undefined> {
    return region.swas.instance(id);
}

async function ownServers(region: AlibabaRegion): Promise<Owned[]> {
    const servers = await region.swas.allInstances();
    return servers.flatMap(({ instanceId, tags }) => owned(instanceId, tags));
}

export const simpleServer: Handler<Inputs, SimpleServerState> = {
    inputs,
    replaceOn: ["cloud", "image", "plan", "dataDiskGiB"],

    normalise: (given) => without(given, { deleteProtection: false }),

    problems(given) {
        const facts = imageFacts.catch(undefined).parse(given.imageFacts);
        if (facts?.kind === "ecs") return [{ property: "image", reason: explain(ecsImageOnSwas) }];
        return imageRegionProblems(given);
    },

    async preflight({ news, olds }) {
        if (!olds || (olds.months ?? 1) === (news.months ?? 1)) return [];
        return [{ property: "months", reason: "what is paid for stays paid for: renew the server in the console" }];
    },

    async create({ origin, news, made, ...surroundings }) {
        const region = await surroundings.clouds.alibaba(news.cloud);
        const limit = limitOf(news.timeouts?.create, "30m");
        const request = {
            imageId: news.image,
            planId: news.plan,
            period: news.months ?? 1,
            amount: 1,
            dataDiskSize: news.dataDiskGiB,
        };

        await waitWhilePending(surroundings, swasImages(region), news.image, limit);

        // 1. The server: SWAS takes neither name nor tags with the order, only a token.
        const { ownership, adopt } = claim(origin, contentOf(request), await ownServers(region));
        const name = news.name ?? nameFor(origin, ownership.mark);
        const id =
            adopt?.id ??
            (await orderServer({
                surroundings,
                ownership,
                order: async (clientToken) => {
                    const [bought] = await region.swas.createInstances({ ...request, clientToken });
                    if (bought !== undefined) return bought;
                    throw new UserError("SWAS sold a server without naming it: look in the console");
                },
                isThere: async (candidate) => (await find(region, candidate)) !== undefined,
            }));
        made(id, { serverName: name, status: "Pending" });

        // 2. Its tags and its name.
        const tagging = serverTagging(region, id);
        await tagging.set(tagsWith(ownership, news.tags));
        await waitForServer(surroundings, region, id, limit);
        await region.swas.updateInstanceAttribute({ instanceId: id, instanceName: name });
        const server = await waitForServer(surroundings, region, id, limit);
        settle(surroundings, tagging, ownership);
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
        const server = await waitForServer(surroundings, region, id, limitOf(news.timeouts?.update, "30m"));
        const name = news.name ?? olds.serverName;
        if (name !== server.instanceName) {
            await region.swas.updateInstanceAttribute({ instanceId: id, instanceName: name });
        }
        const tagging = serverTagging(region, id);
        await retag({ found: server.tags, wanted: news.tags, ...tagging });
        settle(surroundings, tagging, readOwnership(server.tags[ownerTag]));
        return { ...stateOf(server), serverName: name };
    },

    async delete({ id, olds, ...surroundings }) {
        const region = await surroundings.clouds.alibaba(olds.cloud);
        if (!(await find(region, id))) return;
        if (!olds.onDelete?.refund) {
            throw new UserError(whyServerStays({ id, name: olds.serverName }));
        }
        await region.bss.refundInstance({
            instanceId: id,
            productCode: SWAS_PRODUCT_CODE,
            clientToken: `refund-${id}`,
        });
        const look = async (): Promise<Look<true>> =>
            (await find(region, id)) ? { pending: "giving the server back" } : { done: true };
        const limit = limitOf(olds.timeouts?.delete, "30m");
        await waitUntil({ surroundings, what: `the release of server ${id}`, look, limit, asks: region.swas.instance });
    },
};

/** Waits until the server runs; one that was stopped by hand is left as it is. */
function waitForServer(
    surroundings: Surroundings,
    region: AlibabaRegion,
    id: string,
    limit: number,
): Promise<SwasInstance> {
    const look = async (): Promise<Look<SwasInstance>> => {
        const server = await find(region, id);
        if (!server) throw new UserError(goneFor(`server ${id}`, region.region));
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
        asks: region.swas.instance,
    });
}
