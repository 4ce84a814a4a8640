import { z } from "zod";
import type { HuaweiImage } from "../clouds/huawei/ims/images";
import type { HuaweiRegion } from "../clouds/huawei/region";
import type { Handler, Problem } from "../dynamic/handler";
import { sameJson } from "../dynamic/plainJson";
import { without } from "../lifecycle/defaults";
import { imageRegionProblems } from "../lifecycle/imagePlace";
import { backupBehind } from "../lifecycle/images/fullEcsImages";
import { huaweiFitProblems } from "../lifecycle/servers/huaweiFit";
import { huaweiServers, type OwnHuaweiServer } from "../lifecycle/servers/huaweiServers";
import { serverSteps } from "../lifecycle/servers/serverSteps";
import { timeouts } from "../lifecycle/timeouts";
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

async function stateOf(region: HuaweiRegion, server: OwnHuaweiServer): Promise<HuaweiServerState> {
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
    timeLimits: { create: "30m", update: "30m", delete: "20m" },

    normalise: (given) => {
        const rest = without(given, { "cloud.profile": "cbr", deleteProtection: false });
        const isDefault = sameJson(rest.systemDisk, { type: defaultDiskType });
        return isDefault ? { ...rest, systemDisk: undefined } : rest;
    },

    problems: imageRegionProblems,

    async preflight({ news, olds, ...surroundings }): Promise<Problem[]> {
        const chosen = ({ cloud, image, flavor, systemDisk, availabilityZone }: Inputs) => [
            cloud,
            image,
            flavor,
            systemDisk,
            availabilityZone,
        ];
        if (olds && sameJson(chosen(olds), chosen(news))) return [];
        const region = await surroundings.clouds.huawei(news.cloud);
        const image = await region.ims.image(news.image);
        if (!image) {
            const reason =
                `no image ${news.image} in ${region.region}: ` +
                "a full-ECS image can be used only in the region where it is available, a system image where it was made";
            return [{ property: "image", reason }];
        }
        return [
            ...(await huaweiFitProblems(surroundings, region, image, news)),
            ...(await zoneProblems(region, image, news.availabilityZone)),
        ];
    },

    ...serverSteps(async ({ clouds }, wanted: Inputs) => {
        const region = await clouds.huawei(wanted.cloud);
        const { image, systemDisk } = wanted;
        return {
            service: huaweiServers(region, wanted.onDelete),
            request: async () => ({
                imageId: image,
                flavorId: wanted.flavor,
                vpcId: wanted.vpc,
                subnetIds: [wanted.subnet],
                rootVolume: { volumeType: systemDisk?.type ?? defaultDiskType, sizeGiB: systemDisk?.sizeGiB },
                availabilityZone: wanted.availabilityZone ?? (await onlyZoneOf(region, image)),
            }),
            begunState: (serverName) => ({ serverName, status: "BUILD" }),
            stateOf: (server: OwnHuaweiServer) => stateOf(region, server),
            nameIn: ({ serverName }) => serverName,
            inputsOf: ({ flavorId = wanted.flavor }: OwnHuaweiServer) => ({ flavor: flavorId }),
            deleteLimit: "20m",
        };
    }),
};

/** A full-ECS image whose backup is not complete makes servers in one availability zone only. */
async function onlyZoneOf(region: HuaweiRegion, imageId: string): Promise<string | undefined> {
    const image = await region.ims.image(imageId);
    const backup = image?.wholeImage ? await backupBehind(region, image) : undefined;
    return backup && backup.status !== "available" ? backup.availabilityZone : undefined;
}

async function zoneProblems(region: HuaweiRegion, image: HuaweiImage, zone: string | undefined): Promise<Problem[]> {
    if (!image.wholeImage || zone === undefined) return [];
    const backup = await backupBehind(region, image);
    const isOnlyInZone = backup !== undefined && backup.status !== "available";
    if (!isOnlyInZone || backup.availabilityZone === zone) return [];
    const reason =
        `image ${image.id} is available in ${backup.availabilityZone} only, so it can be used to make servers there only ` +
        "(Huawei Cloud, Creating a Full-ECS Image from an ECS, Constraints): use that zone, or wait until its backup is complete";
    return [{ property: "availabilityZone", reason }];
}
