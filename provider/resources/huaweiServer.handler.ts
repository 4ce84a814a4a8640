import { z } from "zod";
import { UserError } from "../clouds/errors";
import { isGone } from "../clouds/huawei/failures";
import type { HuaweiRegion } from "../clouds/huawei/region";
import type { HuaweiServer } from "../clouds/huawei/serverAnswers";
import type { Handler, Problem, Surroundings } from "../dynamic/handler";
import { ensureServer } from "../lifecycle/ensureServer";
import { expectedMs } from "../lifecycle/expectedDurations";
import { backupBehind } from "../lifecycle/fullEcsImages";
import { imageRegionProblems } from "../lifecycle/imagePlace";
import { markedTags, nameFor, ownerMark, ownerTag } from "../lifecycle/origin";
import { limitOf, timeouts } from "../lifecycle/timeouts";
import { type Look, waitUntil } from "../lifecycle/waiting";
import { huaweiCloud, huaweiTags, imageFacts } from "./inputs";

const inputs = z.strictObject({
    cloud: huaweiCloud,
    image: z.string().min(1),
    imageFacts,
    flavor: z.string().min(1),
    vpc: z.string().min(1),
    subnet: z.string().min(1),
    systemDisk: z.strictObject({ type: z.string().min(1), sizeGiB: z.int().min(1).max(1024).optional() }).optional(),
    availabilityZone: z.string().min(1).optional(),
    name: z.string().min(1).max(64).optional(),
    tags: huaweiTags.optional(),
    onDelete: z.strictObject({ dataDisks: z.enum(["delete", "retain"]).optional() }).optional(),
    timeouts: timeouts.optional(),
});

type Inputs = z.infer<typeof inputs>;

export interface HuaweiServerState {
    serverName: string;
    status: string;
    zone?: string;
    privateIpAddress?: string;
    dataDisks?: { volume: string; sizeGiB: number }[];
}

async function stateOf(region: HuaweiRegion, server: HuaweiServer): Promise<HuaweiServerState> {
    const disks = await region.servers.blockDevices(server.id);
    return {
        serverName: server.name ?? "",
        status: server.status,
        zone: server.availabilityZone,
        privateIpAddress: server.addresses.find((address) => !address.floating)?.address,
        dataDisks: disks
            .filter((disk) => !disk.bootable)
            .map(({ volumeId, sizeGiB }) => ({ volume: volumeId, sizeGiB })),
    } satisfies HuaweiServerState;
}

export const huaweiServer: Handler<Inputs, HuaweiServerState> = {
    inputs,
    replaceOn: ["cloud", "image", "flavor", "vpc", "subnet", "systemDisk", "availabilityZone", "name", "tags"],

    problems: imageRegionProblems,

    async preflight({ clouds, news, olds }): Promise<Problem[]> {
        const isUnchanged = olds?.image === news.image && olds.availabilityZone === news.availabilityZone;
        if (isUnchanged) return [];
        const region = await clouds.huawei(news.cloud);
        const image = await region.ims.image(news.image);
        if (!image) {
            const reason =
                `no image ${news.image} in ${region.region}: ` +
                "a full-ECS image can be used only in the region where it is available, a system image where it was made";
            return [{ property: "image", reason }];
        }
        if (!image.wholeImage || news.availabilityZone === undefined) return [];
        const backup = await backupBehind(region, image.backupId);
        const isOnlyInZone = backup !== undefined && backup.status !== "available";
        if (!isOnlyInZone || backup.availabilityZone === news.availabilityZone) return [];
        const reason =
            `image ${news.image} is available in ${backup.availabilityZone} only, so it can be used to make servers there only ` +
            "(Huawei Cloud, Creating a Full-ECS Image from an ECS, Constraints): use that zone, or wait until its backup is complete";
        return [{ property: "availabilityZone", reason }];
    },

    async create({ origin, news, made, unmade, ...surroundings }) {
        const region = await surroundings.clouds.huawei(news.cloud);
        const name = news.name ?? nameFor(origin);
        const limit = limitOf(news.timeouts?.create, "30m");
        const find = async () => {
            const servers = await region.servers.servers({ name });
            return servers.find((server) => server.tags[ownerTag] === ownerMark(origin))?.id;
        };

        const request = {
            name,
            imageId: news.image,
            flavorId: news.flavor,
            vpcId: news.vpc,
            subnetIds: [news.subnet],
            rootVolume: { volumeType: news.systemDisk?.type ?? "SSD", sizeGiB: news.systemDisk?.sizeGiB },
            availabilityZone: news.availabilityZone,
            tags: markedTags(origin, news.tags),
        };

        // 1. The server; the job is followed to its end because an id that is not there yet answers 404.
        const id = await ensureServer({
            surroundings,
            origin,
            request,
            findLeftover: find,
            make: async (clientToken) => {
                const { jobId, serverIds } = await region.servers.createServer({ ...request, clientToken });
                return serverIds[0] ?? (await waitForServerJob(surroundings, region, jobId, limit));
            },
            isThere: async (candidate) => (await region.servers.server(candidate)) !== undefined,
        });
        made(id, { serverName: name, status: "BUILD" });

        // 2. Done when it runs.
        try {
            const server = await waitForActive(surroundings, region, id, limit);
            return { id, state: await stateOf(region, server) };
        } catch (error) {
            if (!(error instanceof FailedServer)) throw error;
            await remove(surroundings, region, id, { deleteVolumes: true, limit });
            unmade();
            throw error;
        }
    },

    async read({ clouds, id, olds }) {
        const region = await clouds.huawei(olds.cloud);
        const server = await region.servers.server(id);
        if (!server || server.status === "DELETED") return undefined;
        return {
            inputs: { image: server.imageId ?? olds.image, flavor: server.flavorId ?? olds.flavor },
            state: await stateOf(region, server),
        };
    },

    async update({ id, news, ...surroundings }) {
        const region = await surroundings.clouds.huawei(news.cloud);
        const server = await waitForActive(surroundings, region, id, limitOf(news.timeouts?.update, "30m"));
        return stateOf(region, server);
    },

    async delete({ id, olds, ...surroundings }) {
        const region = await surroundings.clouds.huawei(olds.cloud);
        const deleteVolumes = olds.onDelete?.dataDisks !== "retain";
        await remove(surroundings, region, id, { deleteVolumes, limit: limitOf(olds.timeouts?.delete, "20m") });
    },
};

/** A server that will never run. */
class FailedServer extends UserError {}

async function waitForServerJob(
    surroundings: Surroundings,
    region: HuaweiRegion,
    jobId: string,
    limit: number,
): Promise<string> {
    const look = async (): Promise<Look<string>> => {
        const job = await region.servers.job(jobId);
        const [serverId] = job.serverIds;
        if (job.status === "FAIL") {
            throw new UserError(`the server could not be made: ${job.failReason ?? "no reason given"} (job ${jobId})`);
        }
        return serverId ? { done: serverId } : { pending: "ordering the server", progress: job.progress };
    };
    return waitUntil({ surroundings, what: `server job ${jobId}`, look, limit });
}

function waitForActive(
    surroundings: Surroundings,
    region: HuaweiRegion,
    id: string,
    limit: number,
): Promise<HuaweiServer> {
    const look = async (): Promise<Look<HuaweiServer>> => {
        const server = await region.servers.server(id);
        if (server?.status === "ACTIVE" || server?.status === "SHUTOFF") return { done: server };
        if (server?.status === "ERROR") {
            throw new FailedServer(`server ${id} in ${region.region} could not be made: run up again`);
        }
        return { pending: `server is ${server?.status ?? "not there yet"}` };
    };
    return waitUntil({
        surroundings,
        what: `server ${id} in ${region.region}`,
        look,
        limit,
        expected: expectedMs.huaweiServer,
    });
}

async function remove(
    surroundings: Surroundings,
    region: HuaweiRegion,
    id: string,
    options: { deleteVolumes: boolean; limit: number },
): Promise<void> {
    if (!(await region.servers.server(id))) return;
    try {
        await region.servers.deleteServer(id, { deleteVolumes: options.deleteVolumes });
    } catch (error) {
        if (!isGone(error)) throw error;
    }
    const look = async (): Promise<Look<true>> => {
        const server = await region.servers.server(id);
        return !server || server.status === "DELETED" ? { done: true } : { pending: "deleting the server" };
    };
    await waitUntil({ surroundings, what: `the deletion of server ${id}`, look, limit: options.limit });
}
