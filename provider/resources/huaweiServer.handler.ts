import { z } from "zod";
import type { HuaweiRegion } from "../clouds/huawei/region";
import { check, checkKnowing } from "../pulumi/dynamic/checks";
import type { Check, Handler } from "../pulumi/dynamic/handler";
import { sameJson } from "../pulumi/dynamic/plainJson";
import { without } from "../reconcile/defaults";
import { backupBehind } from "../reconcile/images/fullEcsImages";
import { imageRegionProblems } from "../reconcile/images/imagePlace";
import { aboutImage } from "../reconcile/images/missingImage";
import { regionProblems } from "../reconcile/places";
import { timeouts } from "../reconcile/polling/timeouts";
import {
    huaweiFlavorProblems,
    huaweiImageProblems,
    subnetProblems,
    vpcProblems,
    zoneProblems,
} from "../reconcile/servers/huaweiFit";
import { huaweiServers, type OwnHuaweiServer } from "../reconcile/servers/huaweiServers";
import { serverSteps } from "../reconcile/servers/serverSteps";
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

const region = check(inputs.pick({ cloud: true }), ({ news, ...work }) => regionProblems(work, news.cloud, "ecs"));

const place: readonly Check[] = [
    checkKnowing(
        inputs.pick({ cloud: true, flavor: true }),
        inputs.pick({ image: true }).partial(),
        async ({ news, known, ...work }) =>
            huaweiFlavorProblems(work, await work.clouds.huawei(news.cloud), { ...known, flavor: news.flavor }),
    ),
    check(inputs.pick({ cloud: true, vpc: true }), async ({ news, ...work }) =>
        vpcProblems(work, await work.clouds.huawei(news.cloud), news.vpc),
    ),
    checkKnowing(
        inputs.pick({ cloud: true, subnet: true }),
        inputs.pick({ vpc: true }).partial(),
        async ({ news, known, ...work }) =>
            subnetProblems(work, await work.clouds.huawei(news.cloud), { ...known, subnet: news.subnet }),
    ),
];

const image: readonly Check[] = [
    checkKnowing(
        inputs.pick({ cloud: true, image: true, systemDisk: true }),
        aboutImage.pick({ imageUse: true }),
        async ({ news, known, ...work }) =>
            huaweiImageProblems(work, await work.clouds.huawei(news.cloud), { ...known, ...news }),
    ),
    check(inputs.pick({ cloud: true, image: true, availabilityZone: true }).required(), async ({ news, ...work }) =>
        zoneProblems(work, await work.clouds.huawei(news.cloud), { zone: news.availabilityZone, image: news.image }),
    ),
];

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

    checks: [[region], [...place, ...image]],

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

/** A full-ECS image whose backup is not complete can create servers in one availability zone only. */
async function onlyZoneOf(region: HuaweiRegion, imageId: string): Promise<string | undefined> {
    const image = await region.ims.image(imageId);
    const backup = image?.wholeImage ? await backupBehind(region, image) : undefined;
    return backup && backup.status !== "available" ? backup.availabilityZone : undefined;
}
