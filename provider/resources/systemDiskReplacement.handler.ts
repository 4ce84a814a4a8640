import { z } from "zod";
import { ecsImageOnSwas, explain } from "../clouds/capabilities";
import { check } from "../pulumi/dynamic/checks";
import type { CheckContext, Handler, HandlerContext } from "../pulumi/dynamic/handler";
import { hasUnknown } from "../pulumi/dynamic/unknown";
import { nameIn } from "../pulumi/dynamic/urn";
import { without } from "../reconcile/defaults";
import { isEcsInstance, openServer } from "../reconcile/disks/openServer";
import type { ReplaceableServer, SeenServer } from "../reconcile/disks/replaceableServer";
import { replaceSystemDisk, restorePower } from "../reconcile/disks/replaceSystemDisk";
import { imageRegionProblems } from "../reconcile/images/imagePlace";
import { missingImageProblems } from "../reconcile/images/missingImage";
import { optionalLookup } from "../reconcile/optionalLookup";
import { regionProblems } from "../reconcile/places";
import { limitOf, timeouts } from "../reconcile/polling/timeouts";
import { unsharedImageProblems } from "../reconcile/shares/ecsVisibility";
import { powerTag } from "../reconcile/tags/tags";
import { alibabaCloud, huaweiCloud, imageFacts } from "./inputs";

const inputs = z.strictObject({
    cloud: z.union([alibabaCloud, huaweiCloud], { error: "must come from alibaba({ … }) or huawei({ … })" }),
    server: z.string().min(1),
    image: z.string().min(1),
    imageFacts,
    confirmWipe: z.boolean().optional(),
    keyPair: z.string().min(1).optional(),
    /** Filled in by the preview: what the change of the image erases. */
    erases: z.string().optional(),
    timeouts: timeouts.optional(),
});

type Inputs = z.infer<typeof inputs>;

export interface SystemDiskReplacementState {
    systemDisk?: string;
    systemDiskGiB?: number;
    status: string;
}

function stateOf({ disk, status }: SeenServer): SystemDiskReplacementState {
    return { systemDisk: disk?.id, systemDiskGiB: disk?.sizeGiB, status } satisfies SystemDiskReplacementState;
}

const defaultLimit = "30m";

/** What can be told although the image need not be there yet. */
const knownEarly = inputs.pick({ cloud: true, server: true });

const region = check(inputs.pick({ cloud: true, server: true }), ({ news, ...work }) =>
    regionProblems(work, news.cloud, isEcsInstance(news.server) ? "ecs" : "swas"),
);

export const systemDiskReplacement: Handler<Inputs, SystemDiskReplacementState> = {
    inputs,
    replaceOn: ["cloud", "server"],
    timeLimits: { create: "30m", update: "30m", delete: "30m" },

    normalise: (given) => without(given, { "cloud.profile": "cbr" }),

    problems(given) {
        const { server, imageFacts: facts } = z
            .object({ server: z.string().catch(""), imageFacts: imageFacts.catch(undefined) })
            .parse(given);
        const isOnSwas = server !== "" && !hasUnknown(server) && !isEcsInstance(server);
        if (facts?.kind === "ecs" && isOnSwas) return [{ property: "image", reason: explain(ecsImageOnSwas) }];
        const isOnEcs = server !== "" && !hasUnknown(server) && isEcsInstance(server);
        return [...imageRegionProblems(given), ...(isOnEcs ? unsharedImageProblems(given) : [])];
    },

    checks: [[region]],

    async previewInputs({ inputs: given, imageUse, olds, ...context }) {
        const known = knownEarly.safeParse({ cloud: given.cloud, server: given.server });
        const canLook = known.success && !hasUnknown(known.data);
        const isUnchanged = olds !== undefined && olds.image === given.image && olds.server === given.server;
        // An interrupted run of another program may have stopped the server, or replaced its disk.
        const isSame = isUnchanged && !(canLook && (await wasInterrupted(context, known.data)));
        const plan = isSame
            ? { erases: olds.erases, wipes: false, refusals: [], cautions: [] }
            : ((canLook
                  ? await optionalLookup(context, `server ${known.data.server}`, () =>
                        plannedWipe(context, {
                            ...known.data,
                            image: given.image,
                            // A resource of the program: its share may only be planned.
                            mayComeLater: given.imageFacts !== undefined || imageUse?.mayBeSharedHere === true,
                        }),
                    )
                  : undefined) ?? unseen);
        const problems = plan.refusals.map((reason) => ({ property: "image", reason }));
        if (given.confirmWipe !== true) {
            const reason = plan.wipes ? `must be true: it erases the ${plan.erases}` : "must be true";
            problems.push({ property: "confirmWipe", reason });
        }
        if (plan.wipes && problems.length === 0) {
            context.warn([`up erases the ${plan.erases}`, ...plan.cautions].join("; "));
        }
        return { inputs: { erases: plan.erases }, problems };
    },

    async create({ news, checkpoint, idPart, identity: _origin, clearCheckpoint: _unmade, ...context }) {
        const limit = limitOf(news.timeouts?.create, defaultLimit);
        const server = await openServer(context, { ...news, limit });
        const id = `${idPart(news.server)}/system-disk`;
        const seen = await server.poll();
        if (seen) checkpoint(id, stateOf(seen));
        const wanted = { imageId: news.image, keyPair: news.keyPair, limit };
        return { id, state: stateOf(await replaceSystemDisk(context, server, wanted)) };
    },

    async read({ olds, ...context }) {
        const server = await openServer(context, { ...olds, limit: 0 });
        const seen = await server.poll();
        return seen && { inputs: { image: seen.imageId ?? olds.image }, state: stateOf(seen) };
    },

    async update({ news, ...context }) {
        const limit = limitOf(news.timeouts?.update, defaultLimit);
        const server = await openServer(context, { ...news, limit });
        const wanted = { imageId: news.image, keyPair: news.keyPair, limit };
        return stateOf(await replaceSystemDisk(context, server, wanted));
    },

    async sweep({ olds, identity, begun, ...context }) {
        if (!begun || !(await wasInterrupted(context, olds))) return;
        // Whoever else replaces the disk of the server goes on with it.
        const others = await context.holders.othersWith(identity.owner, { name: "server", value: olds.server });
        if (others.length > 0) return;
        const limit = limitOf(olds.timeouts?.delete, defaultLimit);
        const server = await openServer(context, { ...olds, limit });
        if (begun === "delete") await restorePower(context, server, limit);
        else context.warn(`${server.what} may be stopped by ${interruptedBy(identity.urn)}`);
    },

    async delete({ olds, ...context }) {
        const limit = limitOf(olds.timeouts?.delete, defaultLimit);
        const server = await openServer(context, { ...olds, limit });
        // Only what an interrupted replacement left undone.
        if (await server.poll()) await restorePower(context, server, limit);
    },
};

function interruptedBy(urn: string): string {
    return (
        `an interrupted create of "${nameIn(urn)}", which this run does not declare: a destroy, or an up that deletes a ` +
        "resource of the stack, restores its power state; by hand, start it in the console"
    );
}

/** What a change is going to do to a server. */
interface PlannedWipe {
    /** For people, and for the difference that a preview shows. */
    erases: string | undefined;
    wipes: boolean;
    refusals: string[];
    cautions: string[];
}

/** A server that is not there yet holds nothing. */
const unseen: PlannedWipe = { erases: undefined, wipes: false, refusals: [], cautions: [] };

/** Whether a replacement has begun that did not end. */
async function wasInterrupted(context: HandlerContext, at: Pick<Inputs, "cloud" | "server">): Promise<boolean> {
    const tags = await optionalLookup(context, `server ${at.server}`, async () =>
        (await openServer(context, { ...at, limit: 0 })).tags(),
    );
    return tags?.[powerTag] !== undefined;
}

async function plannedWipe(
    context: CheckContext,
    wanted: Pick<Inputs, "cloud" | "server"> & { image: unknown; mayComeLater: boolean },
): Promise<PlannedWipe> {
    const server = await openServer(context, { ...wanted, limit: 0 });
    const seen = await server.poll();
    if (!seen) return { ...unseen, refusals: [`${server.what} is not there: correct the server or the region`] };
    if (seen.imageId === wanted.image) {
        const rest = seen.tags[powerTag] === undefined ? "" : "; its power state is restored after an interrupted run";
        return { ...unseen, erases: `nothing: ${server.what} has the image already${rest}` };
    }
    const disk = seen.disk ? ` ${seen.disk.id} (${seen.disk.sizeGiB} GiB)` : "";
    const image = typeof wanted.image === "string" && !hasUnknown(wanted.image) ? wanted.image : undefined;
    return {
        erases: `system disk${disk} of ${server.what}, made of image ${seen.imageId ?? "unknown"}`,
        wipes: true,
        refusals:
            image === undefined
                ? []
                : await imageRefusals(context, server, {
                      seen,
                      image,
                      // Lists show late what another resource of the run has just created.
                      mayComeLater: wanted.mayComeLater || !context.isPreview,
                  }),
        cautions: await server.cautions(image),
    };
}

async function imageRefusals(
    context: CheckContext,
    server: ReplaceableServer,
    { seen, image, mayComeLater }: { seen: SeenServer; image: string; mayComeLater: boolean },
): Promise<string[]> {
    const missing = mayComeLater ? [] : await missingImageProblems(context, server.images, { image });
    if (missing.length > 0) return missing.map(({ reason }) => reason);
    return server.refusals(seen, image, { mayComeLater });
}
