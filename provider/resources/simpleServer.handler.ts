import { z } from "zod";
import { ecsImageOnSwas, explain } from "../clouds/capabilities";
import { check, checkKnowing } from "../pulumi/dynamic/checks";
import type { Handler } from "../pulumi/dynamic/handler";
import { sameJson } from "../pulumi/dynamic/plainJson";
import { hasUnknown } from "../pulumi/dynamic/unknown";
import { without } from "../reconcile/defaults";
import { imageRegionProblems } from "../reconcile/images/imagePlace";
import { aboutImage, missingImageProblems, swasServerImagesOf } from "../reconcile/images/missingImage";
import { regionProblems } from "../reconcile/places";
import { timeouts } from "../reconcile/polling/timeouts";
import { serverSteps } from "../reconcile/servers/serverSteps";
import { swasPlanProblems, warnOfDataDisk } from "../reconcile/servers/swasFit";
import { type SwasServer, swasServers } from "../reconcile/servers/swasServers";
import { alibabaCloud, alibabaTags, imageFacts } from "./inputs";

const inputs = z.strictObject({
    cloud: alibabaCloud,
    image: z.string().min(1),
    imageFacts,
    plan: z.string().min(1),
    months: z
        .union(
            [1, 3, 6, 12, 24, 36].map((months) => z.literal(months)),
            { error: "must be 1, 3, 6, 12, 24 or 36" },
        )
        .optional(),
    dataDiskGiB: z.int().min(20).max(16_380).multipleOf(20).optional(),
    name: z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{1,49}$/, 'must have 2 to 50 letters, digits, "_" or "-"')
        .optional(),
    tags: alibabaTags.optional(),
    onDelete: z.strictObject({ refund: z.boolean().optional() }).optional(),
    deleteProtection: z.boolean().optional(),
    timeouts: timeouts.optional(),
});

type Inputs = z.infer<typeof inputs>;

const replaceOn = ["cloud", "image", "plan", "dataDiskGiB"] as const;
const knownFacts = imageFacts.catch(undefined);
const refunds = z.object({ refund: z.literal(true) });

export interface SimpleServerState {
    serverName: string;
    status: string;
    publicIpAddress?: string;
    expiresAt?: string;
}

function stateOf({ name, status, publicIpAddress, expiresAt }: SwasServer): SimpleServerState {
    return { serverName: name ?? "", status, publicIpAddress, expiresAt } satisfies SimpleServerState;
}

const region = check(inputs.pick({ cloud: true }), ({ news, ...work }) => regionProblems(work, news.cloud, "swas"));

const plan = checkKnowing(
    inputs.pick({ cloud: true, plan: true }),
    inputs.pick({ image: true }).partial(),
    async ({ news, known, ...work }) =>
        swasPlanProblems(work, await work.clouds.alibaba(news.cloud), { plan: news.plan, image: known.image }),
);

const dataDisk = check(inputs.pick({ cloud: true, image: true, dataDiskGiB: true }), async ({ news, ...work }) => {
    await warnOfDataDisk(work, await work.clouds.alibaba(news.cloud), news);
    return [];
});

const missing = checkKnowing(inputs.pick({ cloud: true, image: true }), aboutImage, async ({ news, known, ...work }) =>
    missingImageProblems(work, swasServerImagesOf(await work.clouds.alibaba(news.cloud)), {
        ...known,
        image: news.image,
    }),
);

export const simpleServer: Handler<Inputs, SimpleServerState> = {
    inputs,
    replaceOn,
    timeLimits: { create: "30m", update: "30m", delete: "30m" },

    normalise: (given) => without(given, { deleteProtection: false }),

    problems(given) {
        const facts = knownFacts.parse(given.imageFacts);
        if (facts?.kind === "ecs") return [{ property: "image", reason: explain(ecsImageOnSwas) }];
        return imageRegionProblems(given);
    },

    replacementProblems({ onDelete }) {
        if (hasUnknown(onDelete) || refunds.safeParse(onDelete).success) return [];
        const reason =
            "must be true for this change, which replaces the server: the cloud can only refund the old one. " +
            "Set onDelete: { refund: true }. To keep the old server instead, set the resource option retainOnDelete " +
            'and run "pulumi up" before this change';
        return [{ property: "onDelete.refund", reason }];
    },

    checks: [[region], [plan, dataDisk, missing]],

    async preflight({ news, olds }) {
        const ordered = ({ cloud, image, plan, dataDiskGiB }: Inputs) => [cloud, image, plan, dataDiskGiB];
        if (!olds || !sameJson(ordered(olds), ordered(news))) return [];
        if ((olds.months ?? 1) === (news.months ?? 1)) return [];
        return [
            { property: "months", reason: "cannot be changed for an existing server: renew the server in the console" },
        ];
    },

    ...serverSteps(async ({ clouds }, wanted: Inputs) => ({
        service: swasServers(await clouds.alibaba(wanted.cloud), wanted.onDelete),
        request: () => ({
            imageId: wanted.image,
            planId: wanted.plan,
            period: wanted.months ?? 1,
            amount: 1,
            dataDiskSize: wanted.dataDiskGiB,
        }),
        begunState: (serverName) => ({ serverName, status: "Pending" }),
        stateOf,
        nameIn: ({ serverName }) => serverName,
        inputsOf: ({ planId = wanted.plan }: SwasServer) => ({ plan: planId }),
        deleteLimit: "30m",
    })),
};
