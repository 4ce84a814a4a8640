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
    cloud: z.union([alibabaCloud, huaweiCloud], { error: "must be alibaba({ … }) or huawei({ … })" }),
    server: z.string().min(1),
    image: z.string().min(1),
    imageFacts,
    confirmWipe: z.boolean().optional(),
    keyPair: z.string().min(1).optional(),
    /** Set by a preview: what the change of the image erases. */
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

/** The inputs that can be checked before the image exists. */
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
        const canLookUp = known.success && !hasUnknown(known.data);
        const isUnchanged = olds !== undefined && olds.image === given.image && olds.server === given.server;
        // An interrupted run of another program may have stopped the server or replaced its disk.
        const isSame = isUnchanged && !(canLookUp && (await wasInterrupted(context, known.data)));
        const plan = isSame
            ? { erases: olds.erases, wipes: false, refusals: [], cautions: [] }
            : ((canLookUp
                  ? await optionalLookup(context, `server ${known.data.server}`, () =>
                        plannedWipe(context, {
                            ...known.data,
                            image: given.image,
                            // For a resource of the program, the share may not exist yet.
                            mayComeLater: given.imageFacts !== undefined || imageUse?.mayBeSharedHere === true,
                        }),
                    )
                  : undefined) ?? noServer);
        const problems = plan.refusals.map((reason) => ({ property: "image", reason }));
        if (given.confirmWipe !== true) {
            const reason = plan.wipes ? `must be true: this change erases the ${plan.erases}` : "must be true";
            problems.push({ property: "confirmWipe", reason });
        }
        if (plan.wipes && problems.length === 0) {
            context.warn([`up erases the ${plan.erases}`, ...plan.cautions].join("; "));
        }
        return { inputs: { erases: plan.erases }, problems };
    },

    async create({ news, checkpoint, idPart, identity: _identity, clearCheckpoint: _clearCheckpoint, ...context }) {
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
        // Another resource that replaces the disk of this server also restores its power state.
        const others = await context.holders.othersWith(identity.owner, { name: "server", value: olds.server });
        if (others.length > 0) return;
        const limit = limitOf(olds.timeouts?.delete, defaultLimit);
        const server = await openServer(context, { ...olds, limit });
        if (begun === "delete") await restorePower(context, server, limit);
        else context.warn(`${server.what} may have been stopped by ${interruptedBy(identity.urn)}`);
    },

    async delete({ olds, ...context }) {
        const limit = limitOf(olds.timeouts?.delete, defaultLimit);
        const server = await openServer(context, { ...olds, limit });
        // Finish what an interrupted replacement left undone.
        if (await server.poll()) await restorePower(context, server, limit);
    },
};

function interruptedBy(urn: string): string {
    return (
        `an interrupted create of "${nameIn(urn)}", which this run does not declare. To restore its power state, run ` +
        '"pulumi destroy" or an "up" that deletes a resource of the stack, or start the server in the console'
    );
}

/** What a change will do to a server's system disk. */
interface PlannedWipe {
    /** A sentence for users, shown in the difference of a preview. */
    erases: string | undefined;
    wipes: boolean;
    refusals: string[];
    cautions: string[];
}

/** A server that does not exist yet has no disk to wipe. */
const noServer: PlannedWipe = { erases: undefined, wipes: false, refusals: [], cautions: [] };

/** Whether an earlier replacement of the disk has begun and not ended. */
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
    if (!seen) return { ...noServer, refusals: [`${server.what} does not exist: correct the server or the region`] };
    if (seen.imageId === wanted.image) {
        const rest = seen.tags[powerTag] === undefined ? "" : "; up restores its power state after an interrupted run";
        return { ...noServer, erases: `nothing: ${server.what} already has the image${rest}` };
    }
    const disk = seen.disk ? ` ${seen.disk.id} (${seen.disk.sizeGiB} GiB)` : "";
    const image = typeof wanted.image === "string" && !hasUnknown(wanted.image) ? wanted.image : undefined;
    return {
        erases: `system disk${disk} of ${server.what}, created from image ${seen.imageId ?? "unknown"}`,
        wipes: true,
        refusals:
            image === undefined
                ? []
                : await imageRefusals(context, server, {
                      seen,
                      image,
                      // Lists show an image late that another resource of the run has just created.
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
