import { z } from "zod";
import { explain, stagingCopy } from "../clouds/capabilities";
import type { AlibabaRegion, Clouds } from "../clouds/connect";
import { check, checkKnowing } from "../pulumi/dynamic/checks";
import type { Handler, Problem, ResourceIdentity } from "../pulumi/dynamic/handler";
import { hasUnknown } from "../pulumi/dynamic/unknown";
import { without } from "../reconcile/defaults";
import { ecsCopyContentHash } from "../reconcile/images/copyContentHash";
import {
    copyToEcs,
    deleteStagingCopy,
    deleteStagingOrphans,
    possibleStagingCopies,
    stagingOwnerId,
} from "../reconcile/images/copyToEcs";
import { createImage } from "../reconcile/images/createImage";
import { ecsImages, type OwnEcsImage, snapshotsBehind } from "../reconcile/images/ecsImages";
import { confirmHeld, deleteImage, readImage, updateImage } from "../reconcile/images/keepImage";
import { warnOfChildren } from "../reconcile/images/leftChildren";
import {
    aboutImage,
    ecsImagesOf,
    missingAdoptedProblems,
    missingImageProblems,
} from "../reconcile/images/missingImage";
import { imageOptionDefaults, imageOptions } from "../reconcile/images/options";
import { sweepImages } from "../reconcile/images/ownImages";
import { orphansBeside } from "../reconcile/ownership/orphans";
import { nextOwnerId, ownerIdOf, readOwnership } from "../reconcile/ownership/ownership";
import { alibabaRegionProblem, regionProblems } from "../reconcile/places";
import { limitOf } from "../reconcile/polling/timeouts";
import { invisibleImageProblems, unsharedImageProblems } from "../reconcile/shares/ecsVisibility";
import { doomedImageProblems } from "./doomedImages";
import { alibabaCloud, alibabaTags, ecsImageName, imageFacts, imageUse } from "./inputs";

const inputs = z.strictObject({
    cloud: alibabaCloud,
    image: z.string().min(1),
    imageFacts,
    to: z.string().min(1).optional(),
    name: ecsImageName.optional(),
    description: z.string().min(2).max(256).optional(),
    tags: alibabaTags.optional(),
    encrypted: z.boolean().optional(),
    ...imageOptions,
});

type Inputs = z.infer<typeof inputs>;

export interface EcsImageState {
    imageName: string;
    status: string;
    ownedSnapshots?: string[];
    osType?: string;
    systemDiskGiB?: number;
    createdAt?: string;
}

const timeLimits = { create: "120m", update: "120m", delete: "20m" };

const places = inputs.pick({ cloud: true, to: true, wait: true }).extend({ imageFacts: imageFacts.catch(undefined) });

const region = check(inputs.pick({ cloud: true }), ({ news, ...work }) => regionProblems(work, news.cloud, "ecs"));

const target = check(inputs.pick({ cloud: true, to: true }).required(), async ({ news, ...work }) => {
    const reason = await alibabaRegionProblem(work, news.cloud, { service: "ecs", region: news.to });
    return reason === undefined ? [] : [{ property: "to", reason }];
});

const visible = check(inputs.pick({ cloud: true, image: true }).extend({ imageUse }), async ({ news, ...work }) =>
    invisibleImageProblems(work, await work.clouds.alibaba(news.cloud), news),
);

const missing = checkKnowing(inputs.pick({ cloud: true, image: true }), aboutImage, async ({ news, known, ...work }) =>
    missingImageProblems(work, ecsImagesOf(await work.clouds.alibaba(news.cloud)), { ...known, image: news.image }),
);

const adopted = check(inputs.pick({ cloud: true, to: true, adopt: true }), async ({ news, ...work }) =>
    missingAdoptedProblems(work, ecsImages((await regionsOf(work.clouds, news)).target), news.adopt),
);

export const ecsImage: Handler<Inputs, EcsImageState> = {
    inputs,
    replaceOn: ["cloud", "image", "to", "encrypted", "version"],
    timeLimits,
    uniqueInputs: ["name"],

    normalise(given) {
        const rest = without(given, imageOptionDefaults);
        const cloud = alibabaCloud.safeParse(given.cloud);
        return cloud.success ? without(rest, { to: cloud.data.region }) : rest;
    },

    checks: [[region], [target, visible, missing], [adopted]],

    problems(given): Problem[] {
        const { cloud, to, wait, imageFacts: facts } = given;
        const unshared = unsharedImageProblems(given);
        if (unshared.length > 0) return unshared;
        const parsed = places.safeParse({ cloud, to, wait, imageFacts: facts });
        if (!parsed.success || hasUnknown(parsed.data) || !parsed.data.imageFacts) return [];
        const { kind, region } = parsed.data.imageFacts;
        if (kind !== "custom" && kind !== "ecs") {
            return [{ property: "image", reason: "must be an image that Alibaba Cloud ECS can see" }];
        }
        if (region !== parsed.data.cloud.region) {
            return [{ property: "cloud.region", reason: `must be ${region}, the region of the image` }];
        }
        const needsStagingCopy = kind === "custom" && parsed.data.to !== undefined;
        if (!needsStagingCopy || wait !== "none") return [];
        return [{ property: "wait", reason: `must not be "none": ${explain(stagingCopy)}` }];
    },

    doomedProblems: (work) =>
        doomedImageProblems(work, async () => ecsImages((await regionsOf(work.clouds, work.olds)).target)),

    async create(work) {
        const { news, clouds } = work;
        const { source, target } = await regionsOf(clouds, news);
        const limit = limitOf(news.timeouts?.create, timeLimits.create);
        return createImage(work, ecsImages(target), {
            contentHash: ecsCopyContentHash({
                cloud: news.cloud,
                image: news.image,
                to: news.to,
                encrypted: news.encrypted,
                name: news.name,
                description: news.description,
            }),
            name: news.name,
            tags: news.tags,
            options: news,
            limit,
            relatives: async () => ({
                objects: source === target ? [] : await possibleStagingCopies(source),
                ownerIdFor: stagingOwnerId,
            }),
            async begin({ name, ownership }) {
                const isAwaited = news.wait !== "none";
                const { image: imageId, description, tags, encrypted } = news;
                const wanted = { imageId, name, description, tags, encrypted };
                const { identity } = work;
                const checkpoint = {
                    set: (id: string) => work.checkpoint(id, begunState(name)),
                    clear: () => work.clearCheckpoint(),
                };
                const places = { source, target, identity, ownership, isAwaited, limit, checkpoint };
                return { id: await copyToEcs(work, { ...wanted, ...places }) };
            },
            differences: (image) => [
                ...(news.name === undefined || news.name === image.name
                    ? []
                    : [`its name is "${image.name}", not "${news.name}"`]),
                ...(news.description === undefined || news.description === image.description
                    ? []
                    : [`its description is "${image.description ?? ""}", not "${news.description}"`]),
            ],
            begunState,
            async stateOf(image) {
                if (source !== target) await deleteStagingCopy(work, source, { ownerIds: ownerIdsOf(image), limit });
                return stateOf(image);
            },
        });
    },

    async read(work) {
        const { clouds, olds } = work;
        const { target } = await regionsOf(clouds, olds);
        const found = await readImage(work, ecsImages(target), async () => {
            const all = (await target.ecs.describeSnapshots()).map(({ snapshotId }) => snapshotId);
            warnOfChildren(work, "snapshot", olds.ownedSnapshots?.filter((id) => all.includes(id)) ?? []);
        });
        if (!found) return undefined;
        const description = olds.description === undefined ? undefined : found.image.description;
        return { inputs: { ...found.inputs, description }, state: stateOf(found.image) };
    },

    async update(work) {
        const { clouds, id, news } = work;
        const { source, target } = await regionsOf(clouds, news);
        const service = ecsImages(target);
        const image = await updateImage(work, service, {
            limit: timeLimits.update,
            async change(found) {
                const imageName = news.name === found.name ? undefined : news.name;
                const description = news.description === found.description ? undefined : news.description;
                if (imageName === undefined && description === undefined) return;
                await target.ecs.modifyImageAttribute({ imageId: id, imageName, description });
            },
        });
        const limit = limitOf(news.timeouts?.update, timeLimits.update);
        if (source !== target) await deleteStagingCopy(work, source, { ownerIds: ownerIdsOf(image), limit });
        return stateOf((await service.find(id)) ?? image);
    },

    async confirm({ id, clouds, olds }) {
        const { target } = await regionsOf(clouds, olds);
        await confirmHeld(id, ecsImages(target));
    },

    async sweep(work) {
        const { clouds, id, olds, identity } = work;
        const { source, target } = await regionsOf(clouds, olds);
        const limit = limitOf(olds.timeouts?.delete, timeLimits.delete);
        const place = ["ECS images", { ...olds.cloud, region: target.region }];
        await sweepImages(work, ecsImages(target), { place, limit });
        if (source === target) return;
        const listed = await work.listed(["ECS staging copies", olds.cloud], () => possibleStagingCopies(source));
        if (work.begun) {
            await deleteStagingOrphans(work, source, {
                orphans: await orphansBeside(work, id, listed, stagingOwnerId),
                limit,
            });
            return;
        }
        const found = listed.map(({ ownership }) => ownership.ownerId);
        const ownerIds = ownerIdsOfInterrupted(identity, id).filter((ownerId) =>
            found.includes(stagingOwnerId(ownerId)),
        );
        if (ownerIds.length > 0) await deleteStagingCopy(work, source, { ownerIds, limit });
    },

    async delete(work) {
        const { clouds, id, olds } = work;
        const { source, target } = await regionsOf(clouds, olds);
        const service = ecsImages(target);
        const own = ownerIdsOf(await service.find(id));
        await deleteImage(work, service, { limit: timeLimits.delete, children: olds.ownedSnapshots });
        if (source === target) return;
        const limit = limitOf(olds.timeouts?.delete, timeLimits.delete);
        await deleteStagingCopy(work, source, { ownerIds: own, limit });
    },
};

async function regionsOf(
    clouds: Clouds,
    { cloud, to }: Pick<Inputs, "cloud" | "to">,
): Promise<Record<"source" | "target", AlibabaRegion>> {
    const source = await clouds.alibaba(cloud);
    return { source, target: to === undefined ? source : source.elsewhere(to) };
}

/** The owner ids of a replacement that was interrupted. Version 0.1.0 derived them from the URN. */
function ownerIdsOfInterrupted({ owner }: ResourceIdentity, id: string): string[] {
    if (!owner) return [];
    const next = ownerIdOf({ ...owner, generation: owner.generation + 1 });
    return owner.generation > 0 ? [next] : [next, nextOwnerId(owner.id, id)];
}

/** The owner ids by which a staging copy is found. */
function ownerIdsOf(image: OwnEcsImage | undefined): string[] {
    const ownership = readOwnership(image?.tags);
    return ownership ? [ownership.ownerId] : [];
}

/** The state before the copy is complete. */
const begunState = (imageName: string): EcsImageState => ({ imageName, status: "Waiting" });

function stateOf(image: OwnEcsImage): EcsImageState {
    const snapshots = snapshotsBehind(image);
    return {
        imageName: image.name,
        status: image.status,
        ownedSnapshots: snapshots.length > 0 ? snapshots : undefined,
        osType: image.osType,
        systemDiskGiB: image.disks.find(({ type }) => type === "system")?.sizeGiB ?? image.sizeGiB,
        createdAt: image.createdAt,
    } satisfies EcsImageState;
}
