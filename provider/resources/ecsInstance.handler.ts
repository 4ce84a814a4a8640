import { z } from "zod";
import { check, checkKnowing } from "../pulumi/dynamic/checks";
import type { Check, Handler } from "../pulumi/dynamic/handler";
import { without } from "../reconcile/defaults";
import { imageRegionProblems } from "../reconcile/images/imagePlace";
import { aboutImage, ecsImagesOf, missingImageProblems } from "../reconcile/images/missingImage";
import { regionProblems } from "../reconcile/places";
import { timeouts } from "../reconcile/polling/timeouts";
import {
    ecsFitProblems,
    instanceTypeProblems,
    sameVpcProblems,
    securityGroupProblems,
    vSwitchProblems,
} from "../reconcile/servers/ecsFit";
import { type EcsServer, ecsServers } from "../reconcile/servers/ecsServers";
import { serverSteps } from "../reconcile/servers/serverSteps";
import { invisibleImageProblems, unsharedImageProblems } from "../reconcile/shares/ecsVisibility";
import { alibabaCloud, alibabaTags, imageFacts, imageUse } from "./inputs";

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

function stateOf({ name, status, privateIpAddresses: [privateIpAddress] }: EcsServer): EcsInstanceState {
    return { instanceName: name ?? "", status, privateIpAddress } satisfies EcsInstanceState;
}

const region = check(inputs.pick({ cloud: true }), ({ news, ...work }) => regionProblems(work, news.cloud, "ecs"));

const place: readonly Check[] = [
    check(inputs.pick({ cloud: true, instanceType: true }), async ({ news, ...work }) =>
        instanceTypeProblems(work, await work.clouds.alibaba(news.cloud), news.instanceType),
    ),
    check(inputs.pick({ cloud: true, securityGroup: true }), async ({ news, ...work }) =>
        securityGroupProblems(work, await work.clouds.alibaba(news.cloud), news.securityGroup),
    ),
    check(inputs.pick({ cloud: true, vSwitch: true }), async ({ news, ...work }) =>
        vSwitchProblems(work, await work.clouds.alibaba(news.cloud), news.vSwitch),
    ),
    check(inputs.pick({ cloud: true, securityGroup: true, vSwitch: true }), async ({ news, ...work }) =>
        sameVpcProblems(work, await work.clouds.alibaba(news.cloud), news),
    ),
];

const image: readonly Check[] = [
    checkKnowing(inputs.pick({ cloud: true, image: true }), aboutImage, async ({ news, known, ...work }) =>
        missingImageProblems(work, ecsImagesOf(await work.clouds.alibaba(news.cloud)), { ...known, image: news.image }),
    ),
    check(inputs.pick({ cloud: true, image: true }).extend({ imageUse }), async ({ news, ...work }) =>
        invisibleImageProblems(work, await work.clouds.alibaba(news.cloud), news),
    ),
    check(inputs.pick({ cloud: true, image: true, systemDiskGiB: true }).required(), async ({ news, ...work }) =>
        ecsFitProblems(work, await work.clouds.alibaba(news.cloud), news),
    ),
];

export const ecsInstance: Handler<Inputs, EcsInstanceState> = {
    inputs,
    replaceOn: ["cloud", "image", "instanceType", "securityGroup", "vSwitch", "systemDiskGiB", "name"],
    timeLimits: { create: "30m", update: "30m", delete: "20m" },

    normalise: (given) => without(given, { deleteProtection: false }),

    problems: (given) => [...imageRegionProblems(given), ...unsharedImageProblems(given)],

    checks: [[region], [...place, ...image]],

    ...serverSteps(async ({ clouds }, wanted: Inputs) => ({
        service: ecsServers(await clouds.alibaba(wanted.cloud)),
        request: () => ({
            imageId: wanted.image,
            instanceType: wanted.instanceType,
            securityGroupId: wanted.securityGroup,
            vSwitchId: wanted.vSwitch,
            systemDiskSizeGiB: wanted.systemDiskGiB,
        }),
        begunState: (instanceName) => ({ instanceName, status: "Pending" }),
        stateOf,
        nameIn: ({ instanceName }) => instanceName,
        inputsOf: ({ instanceType = wanted.instanceType }: EcsServer) => ({ instanceType }),
        deleteLimit: "20m",
    })),
};
