import { z } from "zod";
import { explain, mostSwasSnapshots, swasKeptVersions } from "../clouds/capabilities";
import type { AlibabaRegion } from "../clouds/connect";
import { CloudError, UserError } from "../clouds/errors";
import { check } from "../pulumi/dynamic/checks";
import type { CreateWork, Handler } from "../pulumi/dynamic/handler";
import { without } from "../reconcile/defaults";
import { type Begun, createImage } from "../reconcile/images/createImage";
import { warnOfSwasRoom } from "../reconcile/images/imageRoom";
import { confirmHeld, deleteImage, readImage, updateImage } from "../reconcile/images/keepImage";
import { warnOfChildren } from "../reconcile/images/leftChildren";
import { missingAdoptedProblems } from "../reconcile/images/missingImage";
import { imageOptionDefaults, imageOptions } from "../reconcile/images/options";
import { sweepImages } from "../reconcile/images/ownImages";
import { makeSwasImage, type SwasImage, snapshotsOf, swasImages } from "../reconcile/images/swasImages";
import { deleteUnused, ensureSnapshots, ownSnapshots, sweepSnapshots } from "../reconcile/images/swasSnapshots";
import { swasSourceProblems } from "../reconcile/images/swasSources";
import { contentHashOf, type Ownership, tagsWith } from "../reconcile/ownership/ownership";
import { regionProblems } from "../reconcile/places";
import { limitOf } from "../reconcile/polling/timeouts";
import { doomedImageProblems } from "./doomedImages";
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
    ...imageOptions,
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
function stateOf(image: SwasImage, ownedSnapshots: string[] | undefined): CustomImageState {
    return {
        imageName: image.name,
        status: image.status,
        ownedSnapshots,
        osType: image.osType,
        systemDiskGiB: image.requiredSystemDiskGiB,
        createdAt: image.createdAt,
    } satisfies CustomImageState;
}

const region = check(inputs.pick({ cloud: true }), ({ news, ...work }) => regionProblems(work, news.cloud, "swas"));

const source = check(inputs.pick({ cloud: true, source: true }), async ({ news, ...work }) =>
    swasSourceProblems(work, await work.clouds.alibaba(news.cloud), news.source),
);

const adopted = check(inputs.pick({ cloud: true, adopt: true }), async ({ news, ...work }) =>
    missingAdoptedProblems(work, swasImages(await work.clouds.alibaba(news.cloud)), news.adopt),
);

const room = check(inputs.pick({ cloud: true, adopt: true }), async ({ news, ...work }) => {
    if (news.adopt === undefined) await warnOfSwasRoom(work, await work.clouds.alibaba(news.cloud));
    return [];
});

/** What tells how many snapshots a server's images keep. */
const kept = z.object({ source: z.unknown().optional(), keepVersions: z.int().optional().catch(0) });
const ofServer = z.object({ server: z.string(), dataDisk: z.unknown().optional() });

export const customImage: Handler<Inputs, CustomImageState> = {
    inputs,
    // SWAS has no action that changes an image's name or description (docs/reference/swas-images.md#custom-images).
    replaceOn: ["cloud", "source", "name", "description", "version"],
    timeLimits: { create: "60m", update: "60m", delete: "20m" },
    uniqueInputs: ["name"],

    normalise: (given) => without(given, { description: "", "source.dataDisk": false, ...imageOptionDefaults }),

    problems(given) {
        const { source, keepVersions = 0 } = kept.parse(given);
        const own = ofServer.safeParse(source);
        if (!own.success) return [];
        // The snapshots of the versions, of the image, and of the one that is to replace it.
        const snapshots = (keepVersions + 2) * (own.data.dataDisk === true ? 2 : 1);
        if (keepVersions === 0 || snapshots <= mostSwasSnapshots) return [];
        return [{ property: "keepVersions", reason: explain(swasKeptVersions) }];
    },

    furtherNames: ["copies"],

    checks: [[region], [source], [room, adopted]],

    doomedProblems: (work) =>
        doomedImageProblems(work, async () => swasImages(await work.clouds.alibaba(work.olds.cloud))),

    async create(work) {
        const { news, clouds } = work;
        const region = await clouds.alibaba(news.cloud);
        const limit = limitOf(news.timeouts?.create, "60m");
        return createImage(work, swasImages(region), {
            contentHash: contentHashOf(news.source, news.description, news.name),
            name: news.name,
            tags: news.tags,
            options: news,
            limit,
            begin: ({ name, ownership }) => take(work, region, { name, ownership, limit }),
            relatives: async () => ({ objects: "server" in news.source ? await ownSnapshots(region) : [] }),
            childrenOf: (image) => ("server" in news.source && image ? snapshotsOf(image) : []),
            differences: (image) => differences(news, image),
            begunState: (imageName, children) => ({
                imageName,
                status: "creating",
                ownedSnapshots: recordedFor(news, children),
            }),
            stateOf: (image, children) => stateOf(image, recordedFor(news, children)),
        });
    },

    async read(work) {
        const { clouds, olds } = work;
        const region = await clouds.alibaba(olds.cloud);
        const found = await readImage(work, swasImages(region), async () => {
            const all = (await region.swas.allSnapshots()).map(({ snapshotId }) => snapshotId);
            warnOfChildren(work, "snapshot", olds.ownedSnapshots?.filter((id) => all.includes(id)) ?? []);
        });
        if (!found) return undefined;
        const { image, inputs } = found;
        return {
            inputs: { ...inputs, description: image.description || undefined },
            state: stateOf(image, olds.ownedSnapshots),
        };
    },

    async update(work) {
        const { clouds, olds, news } = work;
        const children = olds.ownedSnapshots;
        const service = swasImages(await clouds.alibaba(news.cloud));
        return stateOf(await updateImage(work, service, { limit: "60m", children }), children);
    },

    async confirm({ id, clouds, olds }) {
        await confirmHeld(id, swasImages(await clouds.alibaba(olds.cloud)), olds.ownedSnapshots);
    },

    async sweep(work) {
        const { clouds, olds } = work;
        const region = await clouds.alibaba(olds.cloud);
        const limit = limitOf(olds.timeouts?.delete, "20m");
        await sweepImages(work, swasImages(region), { place: ["SWAS images", olds.cloud], limit });
        if ("server" in olds.source) await sweepSnapshots(work, region, ["SWAS snapshots", olds.cloud]);
    },

    async delete(work) {
        const { clouds, olds } = work;
        const service = swasImages(await clouds.alibaba(olds.cloud));
        await deleteImage(work, service, { limit: "20m", children: olds.ownedSnapshots ?? [] });
    },
};

/** Only a server's image has snapshots of its own, and not when it was adopted. */
function recordedFor({ source }: Inputs, children: string[] | undefined): string[] | undefined {
    return "server" in source ? children : undefined;
}

function differences({ source, name, description }: Inputs, image: SwasImage): string[] {
    const asked: [string, string | undefined, string | undefined][] =
        "server" in source
            ? [["server", source.server, image.instanceId]]
            : [
                  ["snapshot", source.snapshot, image.systemSnapshotId],
                  ["data snapshot", source.dataSnapshot ?? "", image.dataSnapshotId ?? ""],
              ];
    asked.push(["name", name ?? image.name, image.name], ["description", description ?? "", image.description ?? ""]);
    return asked
        .filter(([, wanted, found]) => wanted !== found)
        .map(([what, wanted, found]) => `its ${what} is "${found ?? ""}", not "${wanted ?? ""}"`);
}

/** Takes the snapshots that are needed and the image from them; a refusal leaves nothing behind. */
async function take(
    work: CreateWork<Inputs, CustomImageState>,
    region: AlibabaRegion,
    wanted: { name: string; ownership: Ownership; limit: number },
): Promise<Begun> {
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
        return { id: await makeSwasImage(work, region, { name, ownership, limit, create }), children: owned };
    } catch (error) {
        const isRefused = error instanceof UserError || (error instanceof CloudError && !error.outcomeUnknown);
        if (isRefused) for (const snapshot of owned) await deleteUnused(region, snapshot);
        throw error;
    }
}

/** Given snapshots as they are; a server's are made, and belong to the image. */
async function snapshotsFor(
    work: CreateWork<Inputs, CustomImageState>,
    region: AlibabaRegion,
    { ownership, limit }: { ownership: Ownership; limit: number },
): Promise<{ instanceId: string; snapshots: string[]; owned: string[] }> {
    const { source } = work.news;
    if ("snapshot" in source) {
        const instanceId = await serverOf(region, source.snapshot);
        const snapshots = [source.snapshot, ...(source.dataSnapshot ? [source.dataSnapshot] : [])];
        return { instanceId, snapshots, owned: [] };
    }
    const disks = await region.swas.disksOf(source.server);
    const diskIds = (source.dataDisk ? ["system", "data"] : ["system"]).map((type) => {
        const disk = disks.find((candidate) => candidate.diskType === type);
        if (disk) return disk.diskId;
        throw new UserError(`server ${source.server} has no ${type} disk: an image cannot be taken of it`);
    });
    const snapshots = await ensureSnapshots(work, region, { diskIds, identity: work.identity, ownership, limit });
    return { instanceId: source.server, snapshots, owned: snapshots };
}

async function serverOf(region: AlibabaRegion, snapshotId: string): Promise<string> {
    const snapshot = await region.swas.snapshot(snapshotId);
    if (!snapshot) throw new UserError(`no snapshot ${snapshotId} in ${region.region}: correct the id or the region`);
    if (snapshot.instanceId) return snapshot.instanceId;
    throw new UserError(`snapshot ${snapshotId} is not of a system disk: an image needs one of a system disk`);
}
