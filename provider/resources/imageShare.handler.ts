import { z } from "zod";
import {
    csbsImageShare,
    ecsImageToEcs,
    ecsShareAccounts,
    explain,
    type MostRecipients,
    swasShareAccounts,
} from "../clouds/capabilities";
import type { Handler, Problem } from "../dynamic/handler";
import { hasUnknown } from "../dynamic/unknown";
import { without } from "../lifecycle/defaults";
import { kindOf, narrowed, recipientsOf } from "../lifecycle/recipients";
import { limitOf, timeouts } from "../lifecycle/timeouts";
import { wayToShare } from "../lifecycle/waysToShare";
import { alibabaCloud, huaweiCloud, imageFacts } from "./inputs";

const recipients = z
    .union(
        [
            z.literal("ecs"),
            z.strictObject({ accounts: z.array(z.string().min(1)).min(1) }),
            z.strictObject({ projects: z.array(z.string().min(1)).min(1) }),
        ],
        { error: 'must be "ecs", { accounts: ["<account id>"] } or { projects: ["<project id>"] }' },
    )
    .refine((given) => new Set(recipientsOf(given)).size === recipientsOf(given).length, "must not name one twice")
    .refine(
        (given) => kindOf(given) !== "accounts" || recipientsOf(given).every((account) => /^\d{1,16}$/.test(account)),
        "must name accounts by their ids, which are digits; RAM users have none",
    );

const inputs = z.strictObject({
    cloud: z.union([alibabaCloud, huaweiCloud], { error: "must come from alibaba({ … }) or huawei({ … })" }),
    image: z.string().min(1),
    imageFacts,
    with: recipients,
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
    with: recipients,
    imageFacts: imageFacts.catch(undefined),
});

const mostAccounts: Record<string, MostRecipients> = { custom: swasShareAccounts, ecs: ecsShareAccounts };

export const imageShare: Handler<Inputs, ImageShareState> = {
    inputs,
    replaceOn: ["cloud", "image"],
    // A share has no id of its own: made before the old one goes, it would go with it.
    keepsId: true,

    normalise: (given) => without(given, { "cloud.profile": "cbr" }),

    problems(properties) {
        const parsed = knownEarly.safeParse(properties);
        if (!parsed.success || hasUnknown(parsed.data)) return [];
        const { cloud, with: wanted, imageFacts: facts } = parsed.data;
        const kind = kindOf(wanted);
        if (cloud.type === "alibaba" && kind === "projects") {
            const reason = 'must be "ecs" or { accounts: ["<account id>"] } for an Alibaba Cloud image';
            return [{ property: "with", reason }];
        }
        if (cloud.type === "huawei" && kind !== "projects") {
            return [{ property: "with", reason: 'must be { projects: ["<project id>"] } for a Huawei Cloud image' }];
        }
        if (!facts) return [];
        if (facts.region !== cloud.region) {
            const reason = `the image is in ${facts.region} and the share in ${cloud.region}: an image is shared within its region`;
            return [{ property: "cloud.region", reason }];
        }
        if (facts.kind === "full-ecs" && facts.profile === "csbs") {
            return [{ property: "image", reason: explain(csbsImageShare) }];
        }
        if (facts.kind === "ecs" && kind === "ecs") return [{ property: "with", reason: explain(ecsImageToEcs) }];
        const most = mostAccounts[facts.kind];
        if (kind === "accounts" && most && recipientsOf(wanted).length > most.count) {
            const reason = `must name at most ${most.count} accounts for this image (${most.source})`;
            return [{ property: "with.accounts", reason }];
        }
        return [];
    },

    async preflight({ news, olds, ...surroundings }): Promise<Problem[]> {
        const isNamed = (recipient: string) => recipientsOf(news.with).includes(recipient);
        const before = olds?.image === news.image && kindOf(olds.with) === kindOf(news.with) ? olds.with : undefined;
        const known = before ? recipientsOf(before) : [];
        if (before && recipientsOf(news.with).every((recipient) => known.includes(recipient))) return [];
        const way = await wayToShare(surroundings, news);
        const dropped = known.filter((recipient) => !isNamed(recipient));
        const refusals = await way.refusals({ wanted: recipientsOf(news.with), dropped });
        return refusals.map((reason) => ({ property: "with", reason }));
    },

    async create({ news, made, origin: _origin, unmade: _unmade, ...surroundings }) {
        const id = `${news.image}/${kindOf(news.with)}`;
        made(id, none);
        const way = await wayToShare(surroundings, news);
        await way.share(recipientsOf(news.with), limitOf(news.timeouts?.create, defaultLimit));
        return { id, state: none };
    },

    async read({ olds, ...surroundings }) {
        const way = await wayToShare(surroundings, olds);
        const seen = await way.seenBy(recipientsOf(olds.with));
        return seen.length > 0 ? { inputs: { with: narrowed(olds.with, seen) }, state: none } : undefined;
    },

    async update({ olds, news, ...surroundings }) {
        const limit = limitOf(news.timeouts?.update, defaultLimit);
        const wanted = recipientsOf(news.with);
        const stays = (recipient: string) => kindOf(olds.with) === kindOf(news.with) && wanted.includes(recipient);
        const dropped = recipientsOf(olds.with).filter((recipient) => !stays(recipient));
        // First, because an image that has as many recipients as it may have takes no more.
        const before = await wayToShare(surroundings, { ...news, with: olds.with });
        await before.unshare(dropped, limit);
        const way = await wayToShare(surroundings, news);
        await way.share(wanted, limit);
        return none;
    },

    async delete({ olds, ...surroundings }) {
        const way = await wayToShare(surroundings, olds);
        await way.unshare(recipientsOf(olds.with), limitOf(olds.timeouts?.delete, defaultLimit));
    },
};
