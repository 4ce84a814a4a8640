import type { HuaweiRegion } from "../../clouds/huawei/region";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { acceptanceProblems, acceptShares, validAcceptances } from "./acceptedShares";
import { projectRefusals, projectsThatShare, shareWithProjects, unshareProjects } from "./projectSharing";
import { acceptingProjects, type OpenShare, recipientsOf, type WantedShare } from "./recipients";

/** A share with projects: the named projects, and those whose credentials accept it. */
export async function openProjectShare(
    context: HandlerContext,
    region: HuaweiRegion,
    { image, with: named, accept, acceptedBy }: WantedShare,
): Promise<OpenShare> {
    const { clouds } = context;
    const accepting = acceptedBy ?? (await acceptingProjects(clouds, accept));
    const projects = [...new Set([...recipientsOf(named), ...accepting])];

    return {
        recipients: projects,
        state: accept ? { acceptedBy: accepting } : {},

        async problems() {
            const found = await region.ims.image(image);
            if (!found) return [];
            const problems = await acceptanceProblems(clouds, region, found, accept ?? []);
            if (problems.length > 0) return problems;
            const refusals = projectRefusals(region, found, projects);
            return refusals.map((reason) => ({ property: "with.projects", reason }));
        },

        async share(limit) {
            await shareWithProjects(context, region, image, projects, limit);
            await acceptShares(context, region, image, { accept, limit });
        },

        unshare: (dropped) => unshareProjects(region, image, [...dropped]),

        async read() {
            const present = await projectsThatShare(region, image, projects);
            if (present.length === 0) return undefined;
            return {
                with: { projects: recipientsOf(named).filter((project) => present.includes(project)) },
                accept: accept && (await validAcceptances(region, image, accept, accepting)),
            };
        },

        async others() {
            const members = await region.ims.members(image);
            return members.map(({ projectId }) => projectId).filter((project) => !projects.includes(project));
        },
    };
}
