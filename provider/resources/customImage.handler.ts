import { z } from "zod";
import type { SwasCustomImage } from "../clouds/alibaba/swas/customImages";
import type { AlibabaRegion } from "../clouds/connect";
import { UserError } from "../clouds/errors";
import type { CreateWork, Handler, LiveWork, UpdateWork } from "../dynamic/handler";
import { FailedImage } from "../lifecycle/failedImage";
import { markedTags, nameFor, ownerMark, userTags } from "../lifecycle/origin";
import {
    deleteSwasImage,
    ensureSwasImage,
    findSwasImage,
    retagSwasImage,
    waitForSwasImage,
} from "../lifecycle/swasImages";
import { ensureSnapshot } from "../lifecycle/swasSnapshots";
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
    description: z.string().max(256).optional(),
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

    async preflight({ clouds, news, olds }) {
        if (!("server" in news.source) || JSON.stringify(olds?.source) === JSON.stringify(news.source)) return [];
        const { server } = news.source;
        const region = await clouds.alibaba(news.cloud);
        const [found] = await region.swas.listInstances({ instanceIds: [server] });
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
        const name = news.name ?? nameFor(origin);
        const limit = limitOf(news.timeouts?.create, "60m");

        // 1. The snapshots that it is made of.
        const { instanceId, system, data, owned } = await snapshotsFor(work, region, limit);

        // 2. The image itself, unless an interrupted run has made it already.
        const imageId = await ensureSwasImage(region, {
            name,
            mark: ownerMark(origin),
            create: () =>
                region.swas.createCustomImage({
                    name,
                    description: news.description,
                    instanceId,
                    systemSnapshotId: system,
                    dataSnapshotId: data,
                    tags: markedTags(origin, news.tags),
                }),
        });

        // 3. From here on its id is kept, whatever happens.
        work.made(imageId, { imageName: name, status: "creating", ownedSnapshots: owned });
        try {
            return { id: imageId, state: stateOf(await waitForSwasImage(work, region, imageId, limit), owned) };
        } catch (error) {
            if (!(error instanceof FailedImage)) throw error;
            await deleteSwasImage(work, region, imageId, { policy: {}, snapshots: owned ?? [], limit });
            work.unmade();
            throw error;
        }
    },

    async read({ clouds, id, olds }: LiveWork<Inputs, CustomImageState>) {
        const region = await clouds.alibaba(olds.cloud);
        const image = await findSwasImage(region, id);
        if (!image) return undefined;
        return {
            inputs: {
                name: olds.name === undefined ? undefined : image.name,
                description: image.description,
                tags: userTags(image.tags, olds.tags),
            },
            state: stateOf(image, olds.ownedSnapshots),
        };
    },

    async update(work: UpdateWork<Inputs, CustomImageState>) {
        const { clouds, id, olds, news } = work;
        const region = await clouds.alibaba(news.cloud);
        const image = await waitForSwasImage(work, region, id, limitOf(news.timeouts?.update, "60m"));
        await retagSwasImage(region, image, news.tags);
        return stateOf(image, olds.ownedSnapshots);
    },

    async delete(work: LiveWork<Inputs, CustomImageState>) {
        const { clouds, id, olds } = work;
        const region = await clouds.alibaba(olds.cloud);
        await deleteSwasImage(work, region, id, {
            policy: olds.onDelete ?? {},
            snapshots: olds.ownedSnapshots ?? [],
            limit: limitOf(olds.timeouts?.delete, "20m"),
        });
    },
};

/** Given snapshots as they are; a server's are made, and belong to the image. */
async function snapshotsFor(
    work: CreateWork<Inputs, CustomImageState>,
    region: AlibabaRegion,
    limit: number,
): Promise<{ instanceId: string; system: string; data?: string; owned?: string[] }> {
    const { source } = work.news;
    if ("snapshot" in source) {
        const instanceId = await serverOf(region, source.snapshot);
        return { instanceId, system: source.snapshot, data: source.dataSnapshot };
    }
    const disks = await region.swas.listDisks({ instanceId: source.server });
    const take = async (type: "system" | "data") => {
        const disk = disks.find((candidate) => candidate.diskType === type);
        if (!disk) throw new UserError(`server ${source.server} has no ${type} disk: an image cannot be taken of it`);
        return ensureSnapshot(work, region, { diskId: disk.diskId, type, origin: work.origin, limit });
    };
    const system = await take("system");
    const data = source.dataDisk ? await take("data") : undefined;
    return { instanceId: source.server, system, data, owned: data ? [system, data] : [system] };
}

async function serverOf(region: AlibabaRegion, snapshotId: string): Promise<string> {
    const [snapshot] = await region.swas.listSnapshots({ snapshotIds: [snapshotId] });
    if (!snapshot) throw new UserError(`no snapshot ${snapshotId} in ${region.region}: correct the id or the region`);
    if (snapshot.instanceId) return snapshot.instanceId;
    throw new UserError(`snapshot ${snapshotId} is not of a system disk: an image needs one of a system disk`);
}
