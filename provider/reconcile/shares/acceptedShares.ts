import type { Clouds } from "../../clouds/connect";
import { isGone } from "../../clouds/huawei/failures";
import type { HuaweiImage } from "../../clouds/huawei/ims/images";
import type { HuaweiRegion } from "../../clouds/huawei/region";
import type { HandlerContext, Problem } from "../../pulumi/dynamic/handler";
import { vaultProblem } from "../backups/vaultRules";
import { backupBehind } from "../images/fullEcsImages";
import { type PollResult, waitUntil } from "../polling/waiting";
import { type Acceptance, acceptingProjects } from "./recipients";

const shareSource = "docs/reference/ims.md#shared-images";

/** Accepts the shares that are not accepted yet, and waits until every recipient sees the image. */
export async function acceptShares(
    context: HandlerContext,
    owner: HuaweiRegion,
    imageId: string,
    { accept, limit }: { accept: readonly Acceptance[] | undefined; limit: number },
): Promise<void> {
    for (const { cloud, vault } of accept ?? []) {
        const recipient = await context.clouds.huawei(cloud);
        const project = await recipient.project();
        const poll = async (): Promise<PollResult<true>> => {
            if ((await memberStatus(owner, imageId, project)) === "accepted") {
                // The list shows a recipient only images that it has accepted.
                const seen = await recipient.ims.image(imageId);
                return seen ? { done: true } : { pending: `waiting until project ${project} sees the image` };
            }
            try {
                await recipient.ims.updateMember(imageId, project, { status: "accepted", vaultId: vault });
            } catch (error) {
                if (!isGone(error)) throw error;
            }
            return { pending: `accepting the share for project ${project}` };
        };
        await waitUntil({ context, what: `project ${project} to accept image ${imageId}`, poll, limit });
    }
}

async function memberStatus(owner: HuaweiRegion, imageId: string, project: string): Promise<string | undefined> {
    return (await owner.ims.members(imageId)).find(({ projectId }) => projectId === project)?.status;
}

/**
 * The acceptances that are still valid: a recipient may have rejected the image since, or may have been asked again.
 */
export async function validAcceptances(
    owner: HuaweiRegion,
    imageId: string,
    accept: readonly Acceptance[],
    projects: readonly string[],
): Promise<Acceptance[]> {
    const members = await owner.ims.members(imageId);
    const accepted = members.filter(({ status }) => status === "accepted").map(({ projectId }) => projectId);
    return accept.filter((_, index) => accepted.includes(projects[index] ?? ""));
}

/** Problems that can be found before the image exists. */
export function earlyAcceptanceProblems(
    accept: readonly Acceptance[],
    owner: { region: string; isWhole: boolean | undefined },
): Problem[] {
    return accept.flatMap(({ cloud, vault }, index): Problem[] => {
        const property = `accept.${index}`;
        if (cloud.region !== owner.region) {
            const reason = `must name ${owner.region}: an image is accepted in the region where it is shared (${shareSource})`;
            return [{ property: `${property}.cloud.region`, reason }];
        }
        if (owner.isWhole === undefined) return [];
        return vaultNeed(owner.isWhole, vault).map((reason) => ({ property: `${property}.vault`, reason }));
    });
}

function vaultNeed(isWhole: boolean, vault: string | undefined): string[] {
    if (isWhole && vault === undefined) {
        return [
            `is required to accept a full-ECS image: set it to the id of the recipient's CBR vault for server backups (${shareSource})`,
        ];
    }
    return !isWhole && vault !== undefined ? ["applies to full-ECS images only: remove it"] : [];
}

/** Why accepting would fail, as far as the recipients' own credentials can tell. */
export async function acceptanceProblems(
    clouds: Clouds,
    owner: HuaweiRegion,
    image: HuaweiImage,
    accept: readonly Acceptance[],
): Promise<Problem[]> {
    const early = earlyAcceptanceProblems(accept, { region: owner.region, isWhole: image.wholeImage });
    if (early.length > 0) return early;
    const backup = image.wholeImage ? await backupBehind(owner, image) : undefined;
    return recipientProblems(
        clouds,
        owner,
        accept,
        backup?.disks.reduce((sum, disk) => sum + disk.sizeGiB, 0),
    );
}

/**
 * The same, without the checks that need the image.
 * @param sizeGiB of the backup that is copied to each vault, if known
 */
export async function recipientProblems(
    clouds: Clouds,
    owner: HuaweiRegion,
    accept: readonly Acceptance[],
    sizeGiB: number | undefined,
): Promise<Problem[]> {
    const projects = await acceptingProjects(clouds, accept);
    const ownProject = await owner.project();
    const problems: Problem[] = [];
    for (const [index, { cloud, vault }] of accept.entries()) {
        const project = projects[index];
        const property = `accept.${index}`;
        if (project === ownProject) {
            const reason = `is the account that owns the image: use the recipient's account (project ${project})`;
            problems.push({ property: `${property}.cloud.account`, reason });
        } else if (projects.indexOf(project ?? "") !== index) {
            problems.push({ property, reason: `must not name project ${project} twice` });
        } else if (vault !== undefined) {
            const reason = await vaultProblem(await clouds.huawei(cloud), vault, { sizeGiB });
            if (reason !== undefined) problems.push({ property: `${property}.vault`, reason });
        }
    }
    return problems;
}
