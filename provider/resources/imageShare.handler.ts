import { z } from "zod";
import { csbsImageShare, explain } from "../clouds/capabilities";
import type { Cloud } from "../clouds/cloud";
import type { Handler, Problem, Surroundings } from "../dynamic/handler";
import { sameJson } from "../dynamic/plainJson";
import { hasUnknown } from "../dynamic/unknown";
import {
    type Acceptance,
    acceptanceProblems,
    acceptingProjects,
    acceptShares,
    earlyAcceptanceProblems,
    standingAcceptances,
} from "../lifecycle/acceptedShares";
import { without } from "../lifecycle/defaults";
import { sharesWithEcs, shareWithEcs, unshareWithEcs } from "../lifecycle/ecsSharing";
import { projectRefusals, projectsThatShare, shareWithProjects, unshareProjects } from "../lifecycle/projectSharing";
import { limitOf, timeouts } from "../lifecycle/timeouts";
import { alibabaCloud, huaweiCloud, imageFacts } from "./inputs";

const inputs = z.strictObject({
    cloud: z.union([alibabaCloud, huaweiCloud], { error: "must come from alibaba({ … }) or huawei({ … })" }),
    image: z.string().min(1),
    imageFacts,
    with: z.union(
        [
            z.literal("ecs"),
            z.strictObject({
                projects: z
                    .array(z.string().min(1))
                    .refine((projects) => new Set(projects).size === projects.length, "must not name one twice"),
            }),
        ],
        { error: 'must be "ecs" or { projects: ["<project id>"] }' },
    ),
    accept: z.array(z.strictObject({ cloud: huaweiCloud, vault: z.string().min(1).optional() })).optional(),
    timeouts: timeouts.optional(),
});

type Inputs = z.infer<typeof inputs>;

/** A share has no more to tell than who asked for it, and whose credentials accepted it. */
export interface ImageShareState {
    acceptedBy?: string[];
}

const defaultLimit = "10m";

/** What can be refused although the image need not exist yet. */
const knownEarly = z.object({
    cloud: z.union([alibabaCloud, huaweiCloud]),
    with: inputs.shape.with,
    imageFacts: imageFacts.catch(undefined),
    accept: inputs.shape.accept.catch(undefined),
});

export const imageShare: Handler<Inputs, ImageShareState> = {
    inputs,
    replaceOn: ["cloud", "image"],
    // A share has no id of its own: made before the old one goes, it would go with it.
    keepsId: true,

    normalise: (given) => without(given, { "cloud.profile": "cbr" }),

    problems(given) {
        const parsed = knownEarly.safeParse(given);
        if (!parsed.success || hasUnknown(parsed.data)) return [];
        const { cloud, with: recipients, imageFacts: facts, accept } = parsed.data;
        if (cloud.type === "alibaba" && recipients !== "ecs") {
            return [{ property: "with", reason: 'must be "ecs" for an Alibaba Cloud image' }];
        }
        if (cloud.type === "huawei" && recipients === "ecs") {
            return [{ property: "with", reason: 'must be { projects: ["<project id>"] } for a Huawei Cloud image' }];
        }
        if (facts && facts.region !== cloud.region) {
            const reason = `the image is in ${facts.region} and the share in ${cloud.region}: an image is shared within its region`;
            return [{ property: "cloud.region", reason }];
        }
        if (facts?.kind === "full-ecs" && facts.profile === "csbs") {
            return [{ property: "image", reason: explain(csbsImageShare) }];
        }
        return acceptProblems(cloud, recipients, { accept, isWhole: facts && facts.kind === "full-ecs" });
    },

    async preflight({ clouds, news, olds }): Promise<Problem[]> {
        if (news.cloud.type !== "huawei" || news.with === "ecs" || sameShare(olds, news)) return [];
        const region = await clouds.huawei(news.cloud);
        const image = await region.ims.image(news.image);
        if (!image) return [];
        const problems = await acceptanceProblems(clouds, region, image, news.accept ?? []);
        if (problems.length > 0) return problems;
        const projects = allProjects(news, await acceptingProjects(clouds, news.accept));
        return projectRefusals(region, image, projects).map((reason) => ({ property: "with.projects", reason }));
    },

    async create({ news, made, origin: _origin, unmade: _unmade, ...surroundings }) {
        const limit = limitOf(news.timeouts?.create, defaultLimit);
        const id = `${news.image}/${news.with === "ecs" ? "ecs" : "projects"}`;
        const state = await stateOf(surroundings, news);
        made(id, state);
        await share(surroundings, news, { state, limit });
        return { id, state };
    },

    async read({ clouds, olds }) {
        if (olds.cloud.type === "alibaba") {
            const region = await clouds.alibaba(olds.cloud);
            return (await sharesWithEcs(region, olds.image)) ? { inputs: {}, state: {} } : undefined;
        }
        const region = await clouds.huawei(olds.cloud);
        const { acceptedBy = [] } = olds;
        const projects = await projectsThatShare(region, olds.image, allProjects(olds, acceptedBy));
        if (projects.length === 0) return undefined;
        const accept = olds.accept && (await standingAcceptances(region, olds.image, olds.accept, acceptedBy));
        const named = namedProjects(olds).filter((project) => projects.includes(project));
        return { inputs: { with: { projects: named }, accept }, state: { acceptedBy: olds.acceptedBy } };
    },

    async update({ olds, news, ...surroundings }) {
        const limit = limitOf(news.timeouts?.update, defaultLimit);
        const state = await stateOf(surroundings, news);
        if (news.cloud.type === "huawei") {
            const region = await surroundings.clouds.huawei(news.cloud);
            const wanted = allProjects(news, state.acceptedBy);
            const before = allProjects(olds, olds.acceptedBy);
            await unshareProjects(
                region,
                news.image,
                before.filter((project) => !wanted.includes(project)),
            );
        }
        await share(surroundings, news, { state, limit });
        return state;
    },

    async delete({ olds, ...surroundings }) {
        const limit = limitOf(olds.timeouts?.delete, defaultLimit);
        if (olds.cloud.type === "alibaba") {
            const region = await surroundings.clouds.alibaba(olds.cloud);
            return unshareWithEcs(surroundings, region, olds.image, limit);
        }
        const region = await surroundings.clouds.huawei(olds.cloud);
        await unshareProjects(region, olds.image, allProjects(olds, olds.acceptedBy));
    },
};

function acceptProblems(
    cloud: Cloud,
    recipients: Inputs["with"],
    { accept, isWhole }: { accept: Acceptance[] | undefined; isWhole: boolean | undefined },
): Problem[] {
    if (cloud.type === "alibaba") {
        const reason = "is for Huawei Cloud images: an Alibaba Cloud recipient sees an image without accepting it";
        return accept ? [{ property: "accept", reason }] : [];
    }
    if (recipients !== "ecs" && recipients.projects.length === 0 && !accept?.length) {
        return [{ property: "with.projects", reason: "must name a project, unless accept names an account" }];
    }
    return earlyAcceptanceProblems(accept ?? [], { region: cloud.region, isWhole });
}

function namedProjects({ with: recipients }: Inputs): string[] {
    return recipients === "ecs" ? [] : recipients.projects;
}

/** Those that are named, and those whose credentials accept. */
function allProjects(inputs: Inputs, accepting: readonly string[] = []): string[] {
    return [...new Set([...namedProjects(inputs), ...accepting])];
}

function sameShare(olds: Inputs | undefined, news: Inputs): boolean {
    const share = ({ cloud, image, with: recipients, accept }: Inputs) => [cloud, image, recipients, accept];
    return olds !== undefined && sameJson(share(olds), share(news));
}

async function stateOf({ clouds }: Surroundings, news: Inputs): Promise<ImageShareState> {
    return news.accept ? { acceptedBy: await acceptingProjects(clouds, news.accept) } : {};
}

/** Makes the image visible and waits until the recipient really sees it. */
async function share(
    surroundings: Surroundings,
    news: Inputs,
    { state, limit }: { state: ImageShareState; limit: number },
): Promise<void> {
    if (news.cloud.type === "alibaba") {
        const region = await surroundings.clouds.alibaba(news.cloud);
        return shareWithEcs(surroundings, region, news.image, limit);
    }
    const region = await surroundings.clouds.huawei(news.cloud);
    await shareWithProjects(surroundings, region, news.image, allProjects(news, state.acceptedBy), limit);
    await acceptShares(surroundings, region, news.image, { accept: news.accept, limit });
}
