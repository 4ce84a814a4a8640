import { z } from "zod";
import { UserError } from "../clouds/errors";
import type { HuaweiRegion } from "../clouds/huawei/region";
import type { HuaweiServer } from "../clouds/huawei/serverAnswers";
import type { Handler, Problem } from "../dynamic/handler";
import { sameJson } from "../dynamic/plainJson";
import { without } from "../lifecycle/defaults";
import { deleteServer, FailedServer, orderAndFollow, ownServers, waitForServer } from "../lifecycle/huaweiServers";
import { serverTagging } from "../lifecycle/huaweiTagging";
import { imageRegionProblems } from "../lifecycle/imagePlace";
import { backupBehind } from "../lifecycle/images/fullEcsImages";
import { imsImages } from "../lifecycle/images/imsImages";
import { waitWhilePending } from "../lifecycle/images/waitForImage";
import { orderServer } from "../lifecycle/orderServer";
import { claim, contentOf, nameFor, ownerTag, readOwnership, settle, tagsWith } from "../lifecycle/ownership";
import { retag, userTags } from "../lifecycle/tags";
import { limitOf, timeouts } from "../lifecycle/timeouts";
import { goneFor } from "../lifecycle/waiting";
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
    deleteProtection: z.boolean().optional(),
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

const defaultDiskType = "SSD";

export const huaweiServer: Handler<Inputs, HuaweiServerState> = {
    inputs,
    replaceOn: ["cloud", "image", "flavor", "vpc", "subnet", "systemDisk", "availabilityZone"],

    normalise: (given) => {
        const rest = without(given, { "cloud.profile": "cbr", deleteProtection: false });
        const isDefault = sameJson(rest.systemDisk, { type: defaultDiskType });
        return isDefault ? { ...rest, systemDisk: undefined } : rest;
    },

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
        const backup = await backupBehind(region, image);
        const isOnlyInZone = backup !== undefined && backup.status !== "available";
        if (!isOnlyInZone || backup.availabilityZone === news.availabilityZone) return [];
        const reason =
            `image ${news.image} is available in ${backup.availabilityZone} only, so it can be used to make servers there only ` +
            "(Huawei Cloud, Creating a Full-ECS Image from an ECS, Constraints): use that zone, or wait until its backup is complete";
        return [{ property: "availabilityZone", reason }];
    },

    async create({ origin, news, made, unmade, ...surroundings }) {
        const region = await surroundings.clouds.huawei(news.cloud);
        const limit = limitOf(news.timeouts?.create, "30m");
        await waitWhilePending(surroundings, imsImages(region), news.image, limit);
        const request = {
            imageId: news.image,
            flavorId: news.flavor,
            vpcId: news.vpc,
            subnetIds: [news.subnet],
            rootVolume: { volumeType: news.systemDisk?.type ?? defaultDiskType, sizeGiB: news.systemDisk?.sizeGiB },
            availabilityZone: news.availabilityZone ?? (await onlyZoneOf(region, news.image)),
        };

        // 1. The server, or the one that an interrupted run has ordered already.
        const content = contentOf(request);
        const { ownership, adopt, discard } = claim(origin, content, await ownServers(region));
        for (const { id } of discard) await deleteServer(surroundings, region, id, { deleteVolumes: true, limit });
        const name = news.name ?? nameFor(origin, ownership.mark);
        const tags = tagsWith(ownership, news.tags);
        const id =
            adopt?.id ??
            (await orderServer({
                surroundings,
                ownership,
                order: (clientToken, attempt) =>
                    orderAndFollow(
                        surroundings,
                        region,
                        { ...request, name, tags, clientToken },
                        { ownership, limit, attempt },
                    ),
                isThere: async (candidate) => (await region.servers.server(candidate)) !== undefined,
            }));
        made(id, { serverName: name, status: "BUILD" });

        // 2. Done when it runs.
        try {
            const server = await waitForServer(surroundings, region, id, limit);
            settle(surroundings, serverTagging(region, id), ownership);
            return { id, state: await stateOf(region, server) };
        } catch (error) {
            if (!(error instanceof FailedServer)) throw error;
            await deleteServer(surroundings, region, id, { deleteVolumes: true, limit });
            unmade();
            throw error;
        }
    },

    async read({ clouds, id, olds }) {
        const region = await clouds.huawei(olds.cloud);
        const server = await region.servers.server(id);
        // A server that could not be made will never run: the next up clears it away and makes another.
        if (!server || server.status === "DELETED" || server.status === "ERROR") return undefined;
        return {
            inputs: {
                image: server.imageId ?? olds.image,
                flavor: server.flavorId ?? olds.flavor,
                name: olds.name === undefined ? undefined : server.name,
                tags: userTags(server.tags, olds.tags),
            },
            state: await stateOf(region, server),
        };
    },

    async update({ id, olds, news, ...surroundings }) {
        const region = await surroundings.clouds.huawei(news.cloud);
        if (!(await region.servers.server(id))) throw new UserError(goneFor(`server ${id}`, region.region));
        const server = await waitForServer(surroundings, region, id, limitOf(news.timeouts?.update, "30m"));
        const name = news.name ?? olds.serverName;
        if (name !== server.name) await region.servers.updateServer(id, { name });
        const tagging = serverTagging(region, id);
        await retag({ found: server.tags, wanted: news.tags, ...tagging });
        settle(surroundings, tagging, readOwnership(server.tags[ownerTag]));
        return { ...(await stateOf(region, server)), serverName: name };
    },

    async delete({ id, olds, ...surroundings }) {
        const region = await surroundings.clouds.huawei(olds.cloud);
        const deleteVolumes = olds.onDelete?.dataDisks !== "retain";
        await deleteServer(surroundings, region, id, { deleteVolumes, limit: limitOf(olds.timeouts?.delete, "20m") });
    },
};

/** A full-ECS image whose backup is not complete makes servers in one availability zone only. */
async function onlyZoneOf(region: HuaweiRegion, imageId: string): Promise<string | undefined> {
    const image = await region.ims.image(imageId);
    const backup = image?.wholeImage ? await backupBehind(region, image) : undefined;
    return backup && backup.status !== "available" ? backup.availabilityZone : undefined;
}
