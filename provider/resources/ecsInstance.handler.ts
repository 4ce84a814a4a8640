import { z } from "zod";
import type { EcsInstance } from "../clouds/alibaba/ecs/instances";
import { isGone } from "../clouds/alibaba/failures";
import type { AlibabaRegion } from "../clouds/connect";
import { UserError } from "../clouds/errors";
import type { Handler, Surroundings } from "../dynamic/handler";
import { ecsInstanceTagging } from "../lifecycle/alibabaTagging";
import { without } from "../lifecycle/defaults";
import { expectedMs } from "../lifecycle/expectedDurations";
import { goneIsDone } from "../lifecycle/gone";
import { imageRegionProblems } from "../lifecycle/imagePlace";
import { ecsImages } from "../lifecycle/images/ecsImages";
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
import { limitOf, timeouts } from "../lifecycle/timeouts";
import { goneFor, type Look, waitUntil } from "../lifecycle/waiting";
import { alibabaCloud, alibabaTags, imageFacts } from "./inputs";

const inputs = z.strictObject({
    cloud: alibabaCloud,
    image: z.string().min(1),
    imageFacts,
    instanceType: z.string().min(1),
    securityGroup: z.string().min(1),
    vSwitch: z.string().min(1),
    systemDiskGiB: z.int().min(20).max(2048).optional(),
    name: z.string().min(2).max(128).optional(),
    tags: alibabaTags.optional(),
    deleteProtection: z.boolean().optional(),
    timeouts: timeouts.optional(),
});

type Inputs = z.infer<typeof inputs>;

export interface EcsInstanceState {
    instanceName: string;
    status: string;
    privateIpAddress?: string;
}

function stateOf(instance: EcsInstance): EcsInstanceState {
    return {
        instanceName: instance.instanceName ?? "",
        status: instance.status,
        privateIpAddress: instance.privateIpAddresses[0],
    } satisfies EcsInstanceState;
}

function find(region: AlibabaRegion, id: string): Promise<EcsInstance | undefined> {
    return region.ecs.instance(id);
}

async function ownInstances(region: AlibabaRegion): Promise<Owned[]> {
    const instances = await region.ecs.allInstances();
    return instances.flatMap(({ instanceId, tags }) => owned(instanceId, tags));
}

export const ecsInstance: Handler<Inputs, EcsInstanceState> = {
    inputs,
    replaceOn: ["cloud", "image", "instanceType", "securityGroup", "vSwitch", "systemDiskGiB", "name"],

    normalise: (given) => without(given, { deleteProtection: false }),

    problems: imageRegionProblems,

    async create({ origin, news, made, ...surroundings }) {
        const region = await surroundings.clouds.alibaba(news.cloud);
        const limit = limitOf(news.timeouts?.create, "30m");
        await waitWhilePending(surroundings, ecsImages(region), news.image, limit);
        const request = {
            imageId: news.image,
            instanceType: news.instanceType,
            securityGroupId: news.securityGroup,
            vSwitchId: news.vSwitch,
            systemDiskSizeGiB: news.systemDiskGiB,
        };
        const { ownership, adopt } = claim(origin, contentOf(request, news.name), await ownInstances(region));
        const instanceName = news.name ?? nameFor(origin, ownership.mark);
        const tags = tagsWith(ownership, news.tags);
        const id =
            adopt?.id ??
            (await orderServer({
                surroundings,
                ownership,
                order: async (clientToken) => {
                    const [started] = await region.ecs.runInstances({ ...request, instanceName, tags, clientToken });
                    if (started !== undefined) return started;
                    throw new UserError("ECS started an instance without naming it: look in the console");
                },
                isThere: async (candidate) => (await find(region, candidate)) !== undefined,
            }));
        made(id, { instanceName, status: "Pending" });
        const instance = await waitForInstance(surroundings, region, id, limit);
        settle(surroundings, ecsInstanceTagging(region, id), ownership);
        return { id, state: stateOf(instance) };
    },

    async read({ clouds, id, olds }) {
        const instance = await find(await clouds.alibaba(olds.cloud), id);
        if (!instance) return undefined;
        return {
            inputs: {
                image: instance.imageId ?? olds.image,
                instanceType: instance.instanceType ?? olds.instanceType,
                name: olds.name === undefined ? undefined : instance.instanceName,
                tags: userTags(instance.tags, olds.tags),
            },
            state: stateOf(instance),
        };
    },

    async update({ id, news, ...surroundings }) {
        const region = await surroundings.clouds.alibaba(news.cloud);
        const instance = await waitForInstance(surroundings, region, id, limitOf(news.timeouts?.update, "30m"));
        const tagging = ecsInstanceTagging(region, id);
        await retag({ found: instance.tags, wanted: news.tags, ...tagging });
        settle(surroundings, tagging, readOwnership(instance.tags[ownerTag]));
        return stateOf(instance);
    },

    async delete({ id, olds, ...surroundings }) {
        const region = await surroundings.clouds.alibaba(olds.cloud);
        if (!(await find(region, id))) return;
        await goneIsDone(isGone, () => region.ecs.deleteInstance({ instanceId: id, force: true }));
        const look = async (): Promise<Look<true>> =>
            (await find(region, id)) ? { pending: "deleting the instance" } : { done: true };
        const limit = limitOf(olds.timeouts?.delete, "20m");
        await waitUntil({
            surroundings,
            what: `the deletion of instance ${id}`,
            look,
            limit,
            asks: region.ecs.instance,
        });
    },
};

/** Waits until the instance runs; one that was stopped by hand is left as it is. */
function waitForInstance(
    surroundings: Surroundings,
    region: AlibabaRegion,
    id: string,
    limit: number,
): Promise<EcsInstance> {
    const look = async (): Promise<Look<EcsInstance>> => {
        const instance = await find(region, id);
        if (!instance) throw new UserError(goneFor(`instance ${id}`, region.region));
        if (instance.status === "Running" || instance.status === "Stopped") return { done: instance };
        return { pending: `instance is ${instance.status}` };
    };
    return waitUntil({
        surroundings,
        what: `instance ${id} in ${region.region}`,
        look,
        limit,
        expected: expectedMs.ecsInstance,
        asks: region.ecs.instance,
    });
}
