import { z } from "zod";
import { csbsImageShare, explain, mostFullEcsImageRecipients } from "../clouds/capabilities";
import type { Handler, Problem, Surroundings } from "../dynamic/handler";
import { hasUnknown } from "../dynamic/unknown";
import { without } from "../lifecycle/defaults";
import { sharesWithEcs, shareWithEcs, unshareWithEcs } from "../lifecycle/ecsSharing";
import { projectsThatShare, shareWithProjects, unshareProjects } from "../lifecycle/projectSharing";
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
                    .min(1)
                    .refine((projects) => new Set(projects).size === projects.length, "must not name one twice"),
            }),
        ],
        { error: 'must be "ecs" or { projects: ["<project id>"] }' },
    ),
    timeouts: timeouts.optional(),
});

type Inputs = z.infer<typeof inputs>;

/** A share has no more to tell than who asked for it. */
export type ImageShareState = object;

const none: ImageShareState = {};

const defaultLimit = "10m";

/** What can be refused although the image need not exist yet. */
const knownEarly = z.object({
    cloud: z.union([alibabaCloud, huaweiCloud]),
    with: z.unknown(),
    imageFacts: imageFacts.catch(undefined),
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
        const { cloud, with: recipients, imageFacts: facts } = parsed.data;
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
        return [];
    },

    async preflight({ clouds, news, olds }): Promise<Problem[]> {
        if (news.cloud.type !== "huawei" || news.with === "ecs" || olds?.image === news.image) return [];
        const region = await clouds.huawei(news.cloud);
        const image = await region.ims.image(news.image);
        if (!image?.wholeImage) return [];
        if (region.backupKind === "csbs") return [{ property: "image", reason: explain(csbsImageShare) }];
        if (news.with.projects.length > mostFullEcsImageRecipients) {
            const reason = `a full-ECS image can be shared with at most ${mostFullEcsImageRecipients} projects`;
            return [{ property: "with.projects", reason }];
        }
        return [];
    },

    async create({ news, made, origin: _origin, unmade: _unmade, ...surroundings }) {
        const limit = limitOf(news.timeouts?.create, defaultLimit);
        const id = `${news.image}/${news.with === "ecs" ? "ecs" : "projects"}`;
        made(id, none);
        await share(surroundings, news, limit);
        return { id, state: none };
    },

    async read({ clouds, olds }) {
        if (olds.cloud.type === "alibaba") {
            const region = await clouds.alibaba(olds.cloud);
            return (await sharesWithEcs(region, olds.image)) ? { inputs: {}, state: none } : undefined;
        }
        const region = await clouds.huawei(olds.cloud);
        const projects = await projectsThatShare(region, olds.image, wantedProjects(olds));
        return projects.length > 0 ? { inputs: { with: { projects } }, state: none } : undefined;
    },

    async update({ olds, news, ...surroundings }) {
        const limit = limitOf(news.timeouts?.update, defaultLimit);
        await share(surroundings, news, limit);
        if (news.cloud.type === "huawei") {
            const region = await surroundings.clouds.huawei(news.cloud);
            const dropped = wantedProjects(olds).filter((project) => !wantedProjects(news).includes(project));
            await unshareProjects(region, news.image, dropped);
        }
        return none;
    },

    async delete({ olds, ...surroundings }) {
        const limit = limitOf(olds.timeouts?.delete, defaultLimit);
        if (olds.cloud.type === "alibaba") {
            const region = await surroundings.clouds.alibaba(olds.cloud);
            return unshareWithEcs(surroundings, region, olds.image, limit);
        }
        const region = await surroundings.clouds.huawei(olds.cloud);
        await unshareProjects(region, olds.image, wantedProjects(olds));
    },
};

function wantedProjects({ with: recipients }: Inputs): string[] {
    return recipients === "ecs" ? [] : recipients.projects;
}

/** Makes the image visible and waits until the recipient really sees it. */
async function share(surroundings: Surroundings, news: Inputs, limit: number): Promise<void> {
    if (news.cloud.type === "alibaba") {
        const region = await surroundings.clouds.alibaba(news.cloud);
        return shareWithEcs(surroundings, region, news.image, limit);
    }
    const region = await surroundings.clouds.huawei(news.cloud);
    await shareWithProjects(surroundings, region, news.image, wantedProjects(news), limit);
}
