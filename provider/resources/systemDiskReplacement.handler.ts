import { z } from "zod";
import { ecsImageOnSwas, explain } from "../clouds/capabilities";
import { check } from "../dynamic/checks";
import type { Handler, Surroundings } from "../dynamic/handler";
import { hasUnknown } from "../dynamic/unknown";
import { nameIn } from "../dynamic/urn";
import { without } from "../lifecycle/defaults";
import { unsharedImageProblems } from "../lifecycle/ecsVisibility";
import { imageRegionProblems } from "../lifecycle/imagePlace";
import { lookAhead } from "../lifecycle/lookAhead";
import { regionProblems } from "../lifecycle/places";
import { isEcsInstance, openServer } from "../lifecycle/systemDisks/openServer";
import type { SeenServer } from "../lifecycle/systemDisks/replaceableServer";
import { replaceSystemDisk, restorePower } from "../lifecycle/systemDisks/replaceSystemDisk";
import { powerTag } from "../lifecycle/tags";
import { limitOf, timeouts } from "../lifecycle/timeouts";
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

    async foresee({ inputs: given, olds, ...surroundings }) {
        const known = knownEarly.safeParse({ cloud: given.cloud, server: given.server });
        const canLook = known.success && !hasUnknown(known.data);
        const isUnchanged = olds !== undefined && olds.image === given.image && olds.server === given.server;
        // An interrupted run of another program may have stopped the server, or replaced its disk.
        const isSame = isUnchanged && !(canLook && (await wasInterrupted(surroundings, known.data)));
        const plan = isSame
            ? { erases: olds.erases, wipes: false, refusals: [], cautions: [] }
            : ((canLook
                  ? await lookAhead(surroundings, `server ${known.data.server}`, () =>
                        plannedWipe(surroundings, {
                            ...known.data,
                            image: given.image,
                            // A resource of the program: its share may only be planned.
                            mayComeLater: given.imageFacts !== undefined,
                        }),
                    )
                  : undefined) ?? unseen);
        const problems = plan.refusals.map((reason) => ({ property: "image", reason }));
        if (given.confirmWipe !== true) {
            const reason = plan.wipes ? `must be true: it erases the ${plan.erases}` : "must be true";
            problems.push({ property: "confirmWipe", reason });
        }
        if (plan.wipes && problems.length === 0) {
            surroundings.warn([`up erases the ${plan.erases}`, ...plan.cautions].join("; "));
        }
        return { inputs: { erases: plan.erases }, problems };
    },

    async create({ news, made, idPart, origin: _origin, unmade: _unmade, ...surroundings }) {
        const limit = limitOf(news.timeouts?.create, defaultLimit);
        const server = await openServer(surroundings, { ...news, limit });
        const id = `${idPart(news.server)}/system-disk`;
        const seen = await server.look();
        if (seen) made(id, stateOf(seen));
        const wanted = { imageId: news.image, keyPair: news.keyPair, limit };
        return { id, state: stateOf(await replaceSystemDisk(surroundings, server, wanted)) };
    },

    async read({ olds, ...surroundings }) {
        const server = await openServer(surroundings, { ...olds, limit: 0 });
        const seen = await server.look();
        return seen && { inputs: { image: seen.imageId ?? olds.image }, state: stateOf(seen) };
    },

    async update({ news, ...surroundings }) {
        const limit = limitOf(news.timeouts?.update, defaultLimit);
        const server = await openServer(surroundings, { ...news, limit });
        const wanted = { imageId: news.image, keyPair: news.keyPair, limit };
        return stateOf(await replaceSystemDisk(surroundings, server, wanted));
    },

    async sweep({ olds, origin, begun, ...surroundings }) {
        if (!begun || !(await wasInterrupted(surroundings, olds))) return;
        // Whoever else replaces the disk of the server goes on with it.
        const others = await surroundings.holders.othersWith(origin.owner, { name: "server", value: olds.server });
        if (others.length > 0) return;
        const limit = limitOf(olds.timeouts?.delete, defaultLimit);
        const server = await openServer(surroundings, { ...olds, limit });
        if (begun === "delete") await restorePower(surroundings, server, limit);
        else surroundings.warn(`${server.what} may be stopped by ${interruptedBy(origin.urn)}`);
    },

    async delete({ olds, ...surroundings }) {
        const limit = limitOf(olds.timeouts?.delete, defaultLimit);
        const server = await openServer(surroundings, { ...olds, limit });
        // Only what an interrupted replacement left undone.
        if (await server.look()) await restorePower(surroundings, server, limit);
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
async function wasInterrupted(surroundings: Surroundings, at: Pick<Inputs, "cloud" | "server">): Promise<boolean> {
    const tags = await lookAhead(surroundings, `server ${at.server}`, async () =>
        (await openServer(surroundings, { ...at, limit: 0 })).tags(),
    );
    return tags?.[powerTag] !== undefined;
}

async function plannedWipe(
    surroundings: Surroundings,
    wanted: Pick<Inputs, "cloud" | "server"> & { image: unknown; mayComeLater: boolean },
): Promise<PlannedWipe> {
    const server = await openServer(surroundings, { ...wanted, limit: 0 });
    const seen = await server.look();
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
        refusals: image === undefined ? [] : await server.refusals(seen, image, wanted),
        cautions: await server.cautions(image),
    };
}
