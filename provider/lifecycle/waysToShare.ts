import type { Surroundings } from "../dynamic/handler";
import { ecsAccounts, shareWithAccounts, swasAccounts } from "./accountSharing";
import { sharesWithEcs, shareWithEcs, unshareWithEcs } from "./ecsSharing";
import { swasImages } from "./images/swasImages";
import { openProjectShare } from "./projectShare";
import { type OpenShare, recipientsOf, type WantedShare } from "./recipients";

/** Opens a share in the way in which an image of this cloud is shared with recipients of this kind. */
export async function openShare(surroundings: Surroundings, wanted: WantedShare): Promise<OpenShare> {
    const { cloud, image, imageFacts, with: recipients } = wanted;
    if (cloud.type === "huawei") {
        return openProjectShare(surroundings, await surroundings.clouds.huawei(cloud), wanted);
    }
    const region = await surroundings.clouds.alibaba(cloud);
    if (recipients === "ecs") {
        return {
            recipients: recipientsOf(recipients),
            state: {},
            problems: async () => [],
            share: (limit) => shareWithEcs(surroundings, region, image, limit),
            async unshare(dropped, limit) {
                if (dropped.length > 0) await unshareWithEcs(surroundings, region, image, limit);
            },
            read: async () => ((await sharesWithEcs(region, image)) ? { with: recipients } : undefined),
        };
    }
    const isOfEcs = imageFacts ? imageFacts.kind === "ecs" : !(await swasImages(region).find(image));
    const members = isOfEcs ? ecsAccounts : swasAccounts;
    return shareWithAccounts(surroundings, members(surroundings, region, image), recipientsOf(recipients));
}
