import type { Surroundings } from "../dynamic/handler";
import { ecsAccounts, shareWithAccounts, swasAccounts } from "./accountSharing";
import { sharesWithEcs, shareWithEcs, unshareWithEcs } from "./ecsSharing";
import { projectRefusals, projectsThatShare, shareWithProjects, unshareProjects } from "./projectSharing";
import type { WantedShare, WayToShare } from "./recipients";
import { findSwasImage } from "./swasImages";

/** The way in which an image of this cloud is shared with recipients of this kind. */
export async function wayToShare(surroundings: Surroundings, wanted: WantedShare): Promise<WayToShare> {
    const { cloud, image, imageFacts, with: recipients } = wanted;
    if (cloud.type === "huawei") {
        const region = await surroundings.clouds.huawei(cloud);
        return {
            seenBy: (projects) => projectsThatShare(region, image, projects),
            refusals: ({ wanted: projects }) => projectRefusals(region, image, projects),
            share: (projects, limit) => shareWithProjects(surroundings, region, image, projects, limit),
            unshare: (projects) => unshareProjects(region, image, projects),
        };
    }
    const region = await surroundings.clouds.alibaba(cloud);
    if (recipients === "ecs") {
        return {
            seenBy: async (wantedOnes) => ((await sharesWithEcs(region, image)) ? wantedOnes : []),
            refusals: async () => [],
            share: (_ecs, limit) => shareWithEcs(surroundings, region, image, limit),
            unshare: (_ecs, limit) => unshareWithEcs(surroundings, region, image, limit),
        };
    }
    const isOfEcs = imageFacts ? imageFacts.kind === "ecs" : !(await findSwasImage(region, image));
    const members = isOfEcs ? ecsAccounts : swasAccounts;
    return shareWithAccounts(surroundings, members(surroundings, region, image));
}
