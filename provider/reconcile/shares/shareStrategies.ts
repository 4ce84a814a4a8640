import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { swasImages } from "../images/swasImages";
import { ecsAccounts, shareWithAccounts, swasAccounts } from "./accountSharing";
import { sharesWithEcs, shareWithEcs, unshareWithEcs } from "./ecsSharing";
import { openProjectShare } from "./projectShare";
import { type OpenShare, recipientsOf, type WantedShare } from "./recipients";

/** Opens a share with the method that this cloud has for this kind of recipient. */
export async function openShare(context: HandlerContext, wanted: WantedShare): Promise<OpenShare> {
    const { cloud, image, imageFacts, with: recipients } = wanted;
    if (cloud.type === "huawei") {
        return openProjectShare(context, await context.clouds.huawei(cloud), wanted);
    }
    const region = await context.clouds.alibaba(cloud);
    if (recipients === "ecs") {
        return {
            recipients: recipientsOf(recipients),
            state: {},
            problems: async () => [],
            share: (limit) => shareWithEcs(context, region, image, limit),
            async unshare(dropped, limit) {
                if (dropped.length > 0) await unshareWithEcs(context, region, image, limit);
            },
            read: async () => ((await sharesWithEcs(region, image)) ? { with: recipients } : undefined),
            others: async () => [],
        };
    }
    const isOfEcs = imageFacts ? imageFacts.kind === "ecs" : !(await swasImages(region).find(image));
    const members = isOfEcs ? ecsAccounts : swasAccounts;
    return shareWithAccounts(context, members(context, region, image), recipientsOf(recipients));
}
