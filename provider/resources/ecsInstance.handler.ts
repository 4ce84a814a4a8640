import { z } from "zod";
import type { Handler } from "../dynamic/handler";
import { without } from "../lifecycle/defaults";
import { imageRegionProblems } from "../lifecycle/imagePlace";
import { ecsFitProblems } from "../lifecycle/servers/ecsFit";
import { type EcsServer, ecsServers } from "../lifecycle/servers/ecsServers";
import { serverSteps } from "../lifecycle/servers/serverSteps";
import { timeouts } from "../lifecycle/timeouts";
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

function stateOf({ name, status, privateIpAddresses: [privateIpAddress] }: EcsServer): EcsInstanceState {
    return { instanceName: name ?? "", status, privateIpAddress } satisfies EcsInstanceState;
}

export const ecsInstance: Handler<Inputs, EcsInstanceState> = {
    inputs,
    replaceOn: ["cloud", "image", "instanceType", "securityGroup", "vSwitch", "systemDiskGiB", "name"],
    timeLimits: { create: "30m", update: "30m", delete: "20m" },

    normalise: (given) => without(given, { deleteProtection: false }),

    problems: imageRegionProblems,

    async preflight({ news, olds, ...surroundings }) {
        const isSame = olds?.image === news.image && olds.systemDiskGiB === news.systemDiskGiB;
        return isSame ? [] : ecsFitProblems(surroundings, await surroundings.clouds.alibaba(news.cloud), news);
    },

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
