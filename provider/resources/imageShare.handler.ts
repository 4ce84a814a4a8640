import { z } from "zod";
import {
    csbsImageShare,
    ecsImageToEcs,
    ecsShareAccounts,
    explain,
    type MostRecipients,
    mostFullEcsProjects,
    mostSystemProjects,
    swasShareAccounts,
} from "../clouds/capabilities";
import type { Cloud } from "../clouds/cloud";
import { domainOf } from "../clouds/huawei/connection";
import { check, checkKnowing } from "../pulumi/dynamic/checks";
import type { Handler, Problem } from "../pulumi/dynamic/handler";
import { sameJson } from "../pulumi/dynamic/plainJson";
import { hasUnknown } from "../pulumi/dynamic/unknown";
import { nameIn } from "../pulumi/dynamic/urn";
import { without } from "../reconcile/defaults";
import {
    aboutImage,
    alibabaImagesToShare,
    huaweiImagesOf,
    missingImageProblems,
    swasCustomImagesOf,
} from "../reconcile/images/missingImage";
import { optionalLookup } from "../reconcile/optionalLookup";
import { regionProblems } from "../reconcile/places";
import { limitOf, timeouts } from "../reconcile/polling/timeouts";
import { earlyAcceptanceProblems, recipientProblems } from "../reconcile/shares/acceptedShares";
import { kindOf, type OpenShare, recipientsOf } from "../reconcile/shares/recipients";
import { openShare } from "../reconcile/shares/shareStrategies";
import { alibabaCloud, huaweiCloud, imageFacts } from "./inputs";
import { acceptances, recipients, recipientsBeside } from "./sharesBeside";

const inputs = z.strictObject({
    cloud: z.union([alibabaCloud, huaweiCloud], { error: "must be alibaba({ … }) or huawei({ … })" }),
    image: z.string().min(1),
    imageFacts,
    with: recipients,
    accept: acceptances.optional(),
    timeouts: timeouts.optional(),
});

type Inputs = z.infer<typeof inputs>;

/** Who accepted the share with credentials of the stack, and who else the image is shared with. */
export interface ImageShareState {
    acceptedBy?: string[];
    otherRecipients?: string[];
}

async function stateOf(share: OpenShare): Promise<ImageShareState> {
    const others = await share.others();
    return { ...share.state, otherRecipients: others.length > 0 ? others.sort() : undefined };
}

const defaultLimit = "10m";

const howToUnshare =
    'To remove the share, run "pulumi destroy" or an "up" that deletes a resource of the stack, or remove it in the console';

/** The inputs that can be checked before the image exists. */
const knownEarly = inputs.pick({ cloud: true, with: true }).extend({
    imageFacts: imageFacts.catch(undefined),
    accept: inputs.shape.accept.catch(undefined),
});

type KnownEarly = z.infer<typeof knownEarly>;
type KnownFacts = NonNullable<KnownEarly["imageFacts"]>;

// A region that has Simple Application Server also has ECS.
const region = checkKnowing(
    inputs.pick({ cloud: true }),
    inputs.pick({ imageFacts: true }).partial(),
    ({ news, known, ...work }) =>
        regionProblems(work, news.cloud, known.imageFacts?.kind === "custom" ? "swas" : "ecs"),
);

const recipientsThatAccept = check(inputs.pick({ cloud: true, accept: true }).required(), async ({ news, ...work }) => {
    if (news.cloud.type !== "huawei") return [];
    const owner = await work.clouds.huawei(news.cloud);
    const problems = await optionalLookup(work, "the projects and vaults of the recipients", () =>
        recipientProblems(work.clouds, owner, news.accept, undefined),
    );
    return problems ?? [];
});

// The share itself does not make the image appear later, so imageUse is left out.
const missing = checkKnowing(
    inputs.pick({ cloud: true, image: true, with: true }),
    aboutImage.pick({ imageFacts: true }),
    async ({ news, known, ...work }) => {
        const { cloud, image } = news;
        if (cloud.type === "huawei") {
            return missingImageProblems(work, huaweiImagesOf(await work.clouds.huawei(cloud)), { ...known, image });
        }
        const place = await work.clouds.alibaba(cloud);
        const images = kindOf(news.with) === "ecs" ? swasCustomImagesOf(place) : alibabaImagesToShare(place);
        return missingImageProblems(work, images, { ...known, image });
    },
);

export const imageShare: Handler<Inputs, ImageShareState> = {
    inputs,
    replaceOn: ["cloud", "image"],
    timeLimits: { create: "10m", update: "10m", delete: "10m" },
    hasSharedIds: true,
    // A share has no id of its own. If a new share of the same image were created first, deleting the old share would
    // remove it too. A share of another image is created first, so that its servers can be replaced one after another.
    uniqueInputs: ["image"],

    normalise: (given) => without(given, { "cloud.profile": "cbr" }),

    problems(given) {
        const { cloud, with: wanted, imageFacts: facts, accept } = given;
        const parsed = knownEarly.safeParse({ cloud, with: wanted, imageFacts: facts, accept });
        if (!parsed.success || hasUnknown({ ...parsed.data, accept: undefined })) return [];
        const problem = recipientProblem(parsed.data) ?? imageProblem(parsed.data);
        if (problem) return [problem];
        return hasUnknown(parsed.data) ? [] : acceptProblems(parsed.data);
    },

    checks: [[region], [recipientsThatAccept, missing]],

    async preflight({ news, olds, ...context }): Promise<Problem[]> {
        if (olds && sameShare(olds, news)) return [];
        const isSameImage = olds?.image === news.image && kindOf(olds.with) === kindOf(news.with);
        const wanted = recipientsOf(news.with);
        const dropped = isSameImage ? recipientsOf(olds.with).filter((recipient) => !wanted.includes(recipient)) : [];
        const problems = await optionalLookup(context, `the shares of image ${news.image}`, async () =>
            (await openShare(context, news)).problems(dropped),
        );
        return problems ?? [];
    },

    async create({ news, checkpoint, idPart, identity: _identity, clearCheckpoint: _clearCheckpoint, ...context }) {
        const id = `${idPart(news.image)}/${kindOf(news.with)}`;
        const share = await openShare(context, news);
        checkpoint(id, share.state);
        await share.share(limitOf(news.timeouts?.create, defaultLimit));
        return { id, state: await stateOf(share) };
    },

    async read({ olds, ...context }) {
        const share = await openShare(context, olds);
        const found = await share.read();
        return found && { inputs: found, state: await stateOf(share) };
    },

    async update({ olds, news, identity, ...context }) {
        const limit = limitOf(news.timeouts?.update, defaultLimit);
        const before = await openShare(context, olds);
        const share = await openShare(context, news);
        const isSameKind = kindOf(olds.with) === kindOf(news.with);
        const beside = await recipientsBeside(context, olds, identity.owner);
        const isKept = (recipient: string) =>
            (isSameKind && share.recipients.includes(recipient)) || beside.includes(recipient);
        // Unshare first, because an image with the maximum number of recipients accepts no more.
        await before.unshare(
            before.recipients.filter((recipient) => !isKept(recipient)),
            limit,
        );
        await share.share(limit);
        return stateOf(share);
    },

    async sweep({ olds, identity, begun, ...context }) {
        if (!begun) return;
        const share = await openShare(context, olds);
        if (!(await share.read())) return;
        const beside = await recipientsBeside(context, olds, identity.owner);
        const own = share.recipients.filter((recipient) => !beside.includes(recipient));
        if (own.length === 0) return;
        const by = `an interrupted create of "${nameIn(identity.urn)}", which this run does not declare`;
        if (begun === "name") {
            context.warn(`image ${olds.image} may be shared with ${own.join(", ")} by ${by}. ${howToUnshare}`);
            return;
        }
        await share.unshare(own, limitOf(olds.timeouts?.delete, defaultLimit));
        context.warn(`removed the share of image ${olds.image} with ${own.join(", ")}: it was left by ${by}`);
    },

    async delete({ olds, identity, successor, ...context }) {
        const share = await openShare(context, olds);
        const beside = await recipientsBeside(context, olds, identity.owner, successor);
        const own = share.recipients.filter((recipient) => !beside.includes(recipient));
        await share.unshare(own, limitOf(olds.timeouts?.delete, defaultLimit));
    },
};

/** A kind of recipient that the cloud does not support. */
function recipientProblem({ cloud, with: wanted }: KnownEarly): Problem | undefined {
    const isOfProjects = kindOf(wanted) === "projects";
    if (isOfProjects === (cloud.type === "huawei")) return undefined;
    const reason = isOfProjects
        ? 'must be "ecs" or { accounts: ["<account id>"] } for an Alibaba Cloud image'
        : 'must be { projects: ["<project id>"] } for a Huawei Cloud image';
    return { property: "with", reason };
}

function mostProjectsOf({ kind }: KnownFacts, cloud: Cloud): MostRecipients | undefined {
    if (kind === "full-ecs") return mostFullEcsProjects;
    return kind === "system" ? mostSystemProjects[domainOf(cloud.region)] : undefined;
}

const mostAccounts: Record<string, MostRecipients> = { custom: swasShareAccounts, ecs: ecsShareAccounts };

/** A share that this kind of image does not support, if the kind is known. */
function imageProblem({ cloud, with: wanted, imageFacts: facts }: KnownEarly): Problem | undefined {
    if (!facts) return undefined;
    if (facts.region !== cloud.region) {
        const reason = `must be ${facts.region}, the region of the image: an image can only be shared within its region`;
        return { property: "cloud.region", reason };
    }
    if (facts.kind === "full-ecs" && facts.profile === "csbs") {
        return { property: "image", reason: explain(csbsImageShare) };
    }
    if (facts.kind === "ecs" && wanted === "ecs") return { property: "with", reason: explain(ecsImageToEcs) };
    const named = recipientsOf(wanted).length;
    const mostProjects = mostProjectsOf(facts, cloud);
    if (kindOf(wanted) === "projects" && mostProjects && named > mostProjects.count) {
        const kind = facts.kind === "full-ecs" ? "full-ECS" : "system";
        const reason = `must contain at most ${mostProjects.count} projects for a ${kind} image (${mostProjects.source})`;
        return { property: "with.projects", reason };
    }
    const most = mostAccounts[facts.kind];
    if (kindOf(wanted) !== "accounts" || !most || recipientsOf(wanted).length <= most.count) return undefined;
    return {
        property: "with.accounts",
        reason: `must contain at most ${most.count} accounts for this image (${most.source})`,
    };
}

function acceptProblems({ cloud, with: wanted, imageFacts: facts, accept }: KnownEarly): Problem[] {
    if (cloud.type === "alibaba") {
        const reason =
            "is only supported for Huawei Cloud images: an Alibaba Cloud recipient does not need to accept a share";
        return accept ? [{ property: "accept", reason }] : [];
    }
    if (recipientsOf(wanted).length === 0 && !accept?.length) {
        return [{ property: "with.projects", reason: "must contain a project, unless accept contains an account" }];
    }
    const isWhole = facts && facts.kind === "full-ecs";
    return earlyAcceptanceProblems(accept ?? [], { region: cloud.region, isWhole });
}

function sameShare(olds: Inputs, news: Inputs): boolean {
    const share = ({ cloud, image, with: wanted, accept }: Inputs) => [cloud, image, wanted, accept];
    return sameJson(share(olds), share(news));
}
