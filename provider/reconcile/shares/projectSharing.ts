import { csbsImageShare, explain, mostFullEcsProjects, mostSystemProjects } from "../../clouds/capabilities";
import { CloudError, UserError } from "../../clouds/errors";
import { isGone } from "../../clouds/huawei/failures";
import type { HuaweiImage } from "../../clouds/huawei/ims/images";
import type { HuaweiRegion } from "../../clouds/huawei/region";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { withLossAdvice } from "../images/failedImage";
import { imsImages } from "../images/imsImages";
import { waitForImage } from "../images/waitForImage";
import { ignoreNotFound } from "../notFound";
import { type PollResult, waitUntil } from "../polling/waiting";

async function memberProjects(region: HuaweiRegion, imageId: string): Promise<string[]> {
    const members = await region.ims.members(imageId);
    return members.map(({ projectId }) => projectId);
}

/** Which of the wanted projects the image is shared with; empty if the image does not exist. */
export async function projectsThatShare(region: HuaweiRegion, imageId: string, wanted: string[]): Promise<string[]> {
    if (!(await region.ims.image(imageId))) return [];
    const projects = await memberProjects(region, imageId);
    return wanted.filter((project) => projects.includes(project));
}

/** Why the cloud would refuse to share the image with so many projects. */
export function projectRefusals(region: HuaweiRegion, image: HuaweiImage, projects: readonly string[]): string[] {
    if (image.wholeImage && region.backupKind === "csbs") return [explain(csbsImageShare)];
    const { count, source } = image.wholeImage ? mostFullEcsProjects : mostSystemProjects[region.domain];
    if (projects.length <= count) return [];
    const kind = image.wholeImage ? "full-ECS" : "system";
    return [`a ${kind} image can be shared with at most ${count} projects (${source})`];
}

/** Shares an image with projects and waits until every project is a member. */
export async function shareWithProjects(
    context: HandlerContext,
    region: HuaweiRegion,
    imageId: string,
    projects: string[],
    limit: number,
): Promise<void> {
    if (!(await region.ims.image(imageId))) {
        throw new UserError(`no image ${imageId} in ${region.region}: correct the image or the region`);
    }
    await withLossAdvice(waitForImage(context, imsImages(region), imageId, limit));
    const present = await memberProjects(region, imageId);
    for (const project of projects.filter((candidate) => !present.includes(candidate))) {
        await addOnce(region, imageId, project);
    }
    const poll = async (): Promise<PollResult<true>> => {
        const members = await memberProjects(region, imageId);
        const missing = projects.filter((project) => !members.includes(project));
        return missing.length === 0 ? { done: true } : { pending: `sharing with ${missing.join(", ")}` };
    };
    await waitUntil({ context, what: `image ${imageId} to be shared`, poll, limit });
}

/** A request that is repeated because its answer was lost finds its own share (409, as in upstream Glance). */
async function addOnce(region: HuaweiRegion, imageId: string, project: string): Promise<void> {
    try {
        await region.ims.addMember(imageId, project);
    } catch (error) {
        if (!(error instanceof CloudError && error.status === 409)) throw error;
    }
}

/** Removes the shares with these projects; shares that do not exist are ignored. */
export async function unshareProjects(region: HuaweiRegion, imageId: string, projects: string[]): Promise<void> {
    for (const project of projects) {
        await ignoreNotFound(isGone, () => region.ims.removeMember(imageId, project));
    }
}
