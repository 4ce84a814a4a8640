import { z } from "zod";
import type { SwasCustomImage } from "../clouds/alibaba/swas/customImages";
import type { AlibabaRegion } from "../clouds/connect";
import { CloudError, UserError } from "../clouds/errors";
import type { CreateWork, Handler, LiveWork, UpdateWork } from "../dynamic/handler";
import { imageTagging } from "../lifecycle/alibabaTagging";
import { without } from "../lifecycle/defaults";
import { FailedImage, needed } from "../lifecycle/failedImage";
import { contentOf, nameFor, type Ownership, ownerTag, readOwnership, tagsWith } from "../lifecycle/ownership";
import {
    claimSwasImage,
    deleteSwasImage,
    findSwasImage,
    hasFailed,
    makeSwasImage,
    settleSwasImage,
    sweepSwasImages,
    waitForSwasImage,
} from "../lifecycle/swasImages";
import { ensureSnapshots } from "../lifecycle/swasSnapshots";
import { retag, userTags } from "../lifecycle/tags";
import { limitOf, timeouts } from "../lifecycle/timeouts";
import { alibabaCloud, alibabaTags, swasImageName } from "./inputs";

const inputs = z.strictObject({
    cloud: alibabaCloud,
    source: z.union(
        [
            z.strictObject({ server: z.string().min(1), dataDisk: z.boolean().optional() }),
            z.strictObject({ snapshot: z.string().min(1), dataSnapshot: z.string().min(1).optional() }),
        ],
        { error: "must be { server } or { snapshot }" },
    ),
    name: swasImageName.optional(),
    description: z.string().max(256, "must have at most 256 characters").optional(),
    tags: alibabaTags.optional(),
    onDelete: z.strictObject({ unshare: z.boolean().optional() }).optional(),
    timeouts: timeouts.optional(),
});

type Inputs = z.infer<typeof inputs>;

export interface CustomImageState {
    imageName: string;
    status: string;
    /** Snapshots made for the image, which go with it. */
    ownedSnapshots?: string[];
    osType?: string;
    systemDiskGiB?: number;
    createdAt?: string;
}

/** Every answer of SWAS that has to do with an image becomes this. */
function stateOf(image: SwasCustomImage, ownedSnapshots: string[] | undefined): CustomImageState {
    return {
        imageName: image.name,
        status: image.status,
        ownedSnapshots,
        osType: image.osType,
        systemDiskGiB: image.requiredSystemDiskGiB,
        createdAt: image.createdAt,
    } satisfies CustomImageState;
}

export const customImage: Handler<Inputs, CustomImageState> = {
    inputs,
    // SWAS has no action that changes an image's name or description (reference alibaba.md section 2).
    replaceOn: ["cloud", "source", "name", "description"],
    uniqueInputs: ["name"],

    normalise: (given) => without(given, { description: "", "source.dataDisk": false }),

    async preflight({ clouds, news, olds }) {
        if (!("server" in news.source) || JSON.stringify(olds?.source) === JSON.stringify(news.source)) return [];
        const { server } = news.source;
        const region = await clouds.alibaba(news.cloud);
        const found = await region.swas.instance(server);
        if (!found) {
            return [
                {
                    property: "source.server",
                    reason: `no server ${server} in ${region.region}: correct the id or the region`,
                },
            ];
        }
        if (!["Running", "Stopped"].includes(found.status)) {
            return [
                {
                    property: "source.server",
                    reason: `server ${server} is ${found.status}: an image can be taken when it is Running or Stopped`,
                },
            ];
        }
        return [];
    },

    async create(work) {
        const { clouds, news, origin } = work;
        const region = await clouds.alibaba(news.cloud);
        const limit = limitOf(news.timeouts?.create, "60m");

        // 1. What an interrupted run has begun is gone on with.
        const content = contentOf(news.source, news.description, news.name);
        const { ownership, leftover } = await claimSwasImage(work, region, { origin, content, limit });
        const name = news.name ?? nameFor(origin, ownership.mark);

        // 2. Else the snapshots that it is made of, then the image itself.
        const made = leftover
            ? { id: leftover, owned: await ownedSnapshots(region, leftover, news) }
            : await take(work, region, { name, ownership, limit });

        // 3. From here on its id is kept, whatever happens.
        work.made(made.id, { imageName: name, status: "creating", ownedSnapshots: made.owned });
        try {
            const image = await waitForSwasImage(work, region, made.id, limit, { isNew: leftover === undefined });
            settleSwasImage(work, region, { id: made.id, snapshots: made.owned ?? [], ownership });
            return { id: made.id, state: stateOf(image, made.owned) };
        } catch (error) {
            if (!(error instanceof FailedImage)) throw error;
            await deleteSwasImage(work, region, made.id, { policy: {}, snapshots: made.owned ?? [], limit });
            work.unmade();
            throw error;
        }
    },

    async read({ clouds, id, olds }: LiveWork<Inputs, CustomImageState>) {
        const region = await clouds.alibaba(olds.cloud);
        const image = await findSwasImage(region, id);
        // A failed image will never be of use: the next up clears it away and makes another.
        if (!image || hasFailed(image)) return undefined;
        return {
            inputs: {
                name: olds.name === undefined ? undefined : image.name,
                description: image.description || undefined,
                tags: userTags(image.tags, olds.tags),
            },
            state: stateOf(image, olds.ownedSnapshots),
        };
    },

    async update(work: UpdateWork<Inputs, CustomImageState>) {
        const { clouds, id, olds, news } = work;
        const region = await clouds.alibaba(news.cloud);
        const image = await needed(waitForSwasImage(work, region, id, limitOf(news.timeouts?.update, "60m")));
        await retag({ found: image.tags, wanted: news.tags, ...imageTagging(region, id) });
        const ownership = readOwnership(image.tags[ownerTag]);
        if (ownership?.isPending) {
            settleSwasImage(work, region, { id, snapshots: olds.ownedSnapshots ?? [], ownership });
        }
        return stateOf(image, olds.ownedSnapshots);
    },

    async delete(work: LiveWork<Inputs, CustomImageState>) {
        const { clouds, id, olds, origin, isLeaving } = work;
        const region = await clouds.alibaba(olds.cloud);
        const limit = limitOf(olds.timeouts?.delete, "20m");
        const snapshots = olds.ownedSnapshots ?? [];
        await deleteSwasImage(work, region, id, { policy: olds.onDelete ?? {}, snapshots, limit });
        if (isLeaving) await sweepSwasImages(work, region, { origin, id, limit });
    },
};

/** Takes the snapshots that are needed and the image from them; a refusal leaves nothing behind. */
async function take(
    work: CreateWork<Inputs, CustomImageState>,
    region: AlibabaRegion,
    wanted: { name: string; ownership: Ownership; limit: number },
): Promise<{ id: string; owned?: string[] }> {
    const { news } = work;
    const { name, ownership, limit } = wanted;
    const { instanceId, snapshots, owned } = await snapshotsFor(work, region, { ownership, limit });
    const [systemSnapshotId = "", dataSnapshotId] = snapshots;
    const create = () =>
        region.swas.createCustomImage({
            name,
            description: news.description,
            instanceId,
            systemSnapshotId,
            dataSnapshotId,
            tags: tagsWith(ownership, news.tags),
        });
    try {
        return { id: await makeSwasImage(region, { name, ownership, create }), owned };
    } catch (error) {
        const isRefused = error instanceof UserError || (error instanceof CloudError && !error.outcomeUnknown);
        if (isRefused) for (const snapshot of owned ?? []) await region.swas.deleteSnapshot(snapshot);
        throw error;
    }
}

/** Given snapshots as they are; a server's are made, and belong to the image. */
async function snapshotsFor(
    work: CreateWork<Inputs, CustomImageState>,
    region: AlibabaRegion,
    { ownership, limit }: { ownership: Ownership; limit: number },
): Promise<{ instanceId: string; snapshots: string[]; owned?: string[] }> {
    const { source } = work.news;
    if ("snapshot" in source) {
        const instanceId = await serverOf(region, source.snapshot);
        const snapshots = [source.snapshot, ...(source.dataSnapshot ? [source.dataSnapshot] : [])];
        return { instanceId, snapshots };
    }
    const disks = await region.swas.disksOf(source.server);
    const diskIds = (source.dataDisk ? ["system", "data"] : ["system"]).map((type) => {
        const disk = disks.find((candidate) => candidate.diskType === type);
        if (disk) return disk.diskId;
        throw new UserError(`server ${source.server} has no ${type} disk: an image cannot be taken of it`);
    });
    const snapshots = await ensureSnapshots(work, region, { diskIds, origin: work.origin, ownership, limit });
    return { instanceId: source.server, snapshots, owned: snapshots };
}

/** The snapshots of an image that an interrupted run made of a server. */
async function ownedSnapshots(region: AlibabaRegion, imageId: string, news: Inputs): Promise<string[] | undefined> {
    if ("snapshot" in news.source) return undefined;
    const image = await findSwasImage(region, imageId);
    return [image?.systemSnapshotId, image?.dataSnapshotId].filter((id) => id !== undefined);
}

async function serverOf(region: AlibabaRegion, snapshotId: string): Promise<string> {
    const snapshot = await region.swas.snapshot(snapshotId);
    if (!snapshot) throw new UserError(`no snapshot ${snapshotId} in ${region.region}: correct the id or the region`);
    if (snapshot.instanceId) return snapshot.instanceId;
    throw new UserError(`snapshot ${snapshotId} is not of a system disk: an image needs one of a system disk`);
}
