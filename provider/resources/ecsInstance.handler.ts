import { z } from "zod";
import type { EcsInstance } from "../clouds/alibaba/ecs/instances";
import { isGone } from "../clouds/alibaba/failures";
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
    instanceType: z.string().min(1),
    securityGroup: z.string().min(1),
    vSwitch: z.string().min(1),
    systemDiskGiB: z.int().min(20).max(2048).optional(),
    name: z.string().min(2).max(128).optional(),
    tags: alibabaTags.optional(),
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

async function find(region: AlibabaRegion, id: string): Promise<EcsInstance | undefined> {
    const [instance] = await region.ecs.describeInstances({ instanceIds: [id] });
    return instance;
}

export const ecsInstance: Handler<Inputs, EcsInstanceState> = {
    inputs,
    replaceOn: ["cloud", "image", "instanceType", "securityGroup", "vSwitch", "systemDiskGiB", "name"],

    problems: imageRegionProblems,

    async create({ origin, news, made, ...surroundings }) {
        const region = await surroundings.clouds.alibaba(news.cloud);
        const name = news.name ?? nameFor(origin);
        const request = {
            imageId: news.image,
            instanceType: news.instanceType,
            securityGroupId: news.securityGroup,
            vSwitchId: news.vSwitch,
            systemDiskSizeGiB: news.systemDiskGiB,
            instanceName: name,
            tags: markedTags(origin, news.tags),
        };
        const id = await ensureServer({
            surroundings,
            origin,
            request,
            findLeftover: async () => {
                const instances = await region.ecs.describeInstances({ name });
                return instances.find((instance) => instance.tags[ownerTag] === ownerMark(origin))?.instanceId;
            },
            make: async (clientToken) => {
                const [started] = await region.ecs.runInstances({ ...request, clientToken });
                if (started === undefined)
                    throw new UserError("ECS started an instance without naming it: look in the console");
                return started;
            },
            isThere: async (candidate) => (await find(region, candidate)) !== undefined,
        });
        made(id, { instanceName: name, status: "Pending" });
        const instance = await waitForRunning(surroundings, region, id, limitOf(news.timeouts?.create, "30m"));
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
        const instance = await waitForRunning(surroundings, region, id, limitOf(news.timeouts?.update, "30m"));
        const { set, remove } = tagChanges(userTags(instance.tags, undefined), news.tags);
        const target = { resourceType: "instance" as const, resourceIds: [id] };
        if (remove.length > 0) await region.ecs.untagResources({ ...target, keys: remove });
        if (Object.keys(set).length > 0) await region.ecs.tagResources({ ...target, tags: set });
        return stateOf(instance);
    },

    async delete({ id, olds, ...surroundings }) {
        const region = await surroundings.clouds.alibaba(olds.cloud);
        if (!(await find(region, id))) return;
        try {
            await region.ecs.deleteInstance({ instanceId: id, force: true });
        } catch (error) {
            if (!isGone(error)) throw error;
        }
        const look = async (): Promise<Look<true>> =>
            (await find(region, id)) ? { pending: "deleting the instance" } : { done: true };
        const limit = limitOf(olds.timeouts?.delete, "20m");
        await waitUntil({ surroundings, what: `the deletion of instance ${id}`, look, limit });
    },
};

/** Waits until the instance runs; one that was stopped by hand is left as it is. */
function waitForRunning(
    surroundings: Surroundings,
    region: AlibabaRegion,
    id: string,
    limit: number,
): Promise<EcsInstance> {
    const look = async (): Promise<Look<EcsInstance>> => {
        const instance = await find(region, id);
        if (!instance) throw new UserError(`instance ${id} has disappeared from ${region.region}: run up again`);
        if (instance.status === "Running" || instance.status === "Stopped") return { done: instance };
        return { pending: `instance is ${instance.status}` };
    };
    return waitUntil({
        surroundings,
        what: `instance ${id} in ${region.region}`,
        look,
        limit,
        expected: expectedMs.ecsInstance,
    });
}
