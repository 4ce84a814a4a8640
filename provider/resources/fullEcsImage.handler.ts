import { z } from "zod";
import { explain, fullEcsImageLimits } from "../clouds/capabilities";
import type { HuaweiRegion } from "../clouds/huawei/region";
import { check, checkKnowing } from "../pulumi/dynamic/checks";
import type { CreateWork, Handler, LiveWork, Problem } from "../pulumi/dynamic/handler";
import type { Properties } from "../pulumi/dynamic/plainJson";
import { hasUnknown } from "../pulumi/dynamic/unknown";
import { without } from "../reconcile/defaults";
import { createImage } from "../reconcile/images/createImage";
import { backupBehind, fullEcsImages } from "../reconcile/images/fullEcsImages";
import { sourceProblems, vaultProblemOf } from "../reconcile/images/fullEcsSources";
import { imsRoomProblem } from "../reconcile/images/imageRoom";
import { imsAttributesOf, imsDifferences, imsPatch } from "../reconcile/images/imsAttributes";
import { followImageJob, type ImsImage } from "../reconcile/images/imsImages";
import { confirmHeld, deleteImage, readImage, updateImage } from "../reconcile/images/keepImage";
import { warnOfChildren } from "../reconcile/images/leftChildren";
import { missingAdoptedProblems } from "../reconcile/images/missingImage";
import { imageOptionDefaults, imageOptions } from "../reconcile/images/options";
import { sweepImages } from "../reconcile/images/ownImages";
import { optionalLookup } from "../reconcile/optionalLookup";
import { contentHashOf, tagsWith } from "../reconcile/ownership/ownership";
import { regionProblems } from "../reconcile/places";
import { expectedMs } from "../reconcile/polling/expectedDurations";
import { limitOf } from "../reconcile/polling/timeouts";
import { doomedImageProblems } from "./doomedImages";
import { huaweiCloud, huaweiTags, imsDescription, imsImageName, imsMemory, memoryProblems } from "./inputs";

const impossible = Object.fromEntries(
    Object.entries(fullEcsImageLimits).map(([argument, limit]) => [
        argument,
        z.undefined({ error: explain(limit) }).optional(),
    ]),
);

const inputs = z.strictObject({
    cloud: huaweiCloud,
    source: z.union([z.strictObject({ server: z.string().min(1) }), z.strictObject({ backup: z.string().min(1) })], {
        error: "must be { server } or { backup }",
    }),
    vault: z.string().min(1).optional(),
    name: imsImageName.optional(),
    description: imsDescription.optional(),
    tags: huaweiTags.optional(),
    minRamMiB: imsMemory.optional(),
    maxRamMiB: imsMemory.min(1).optional(),
    guest: z
        .strictObject({
            sanPolicy: z.enum(["OnlineAll", "OfflineShared", "OfflineInternal"]).optional(),
            volumesAcrossDisks: z.boolean().optional(),
        })
        .optional(),
    preflight: z.enum(["enforce", "warn"]).optional(),
    ...imageOptions,
    ...impossible,
});

type Inputs = z.infer<typeof inputs>;
type ResourceIdentities = Pick<CreateWork<unknown, unknown>, "holders" | "identity">;

export interface FullEcsImageState {
    imageName: string;
    status: string;
    backup?: string;
    availableIn?: string;
    disks?: { volume: string; sizeGiB: number; system: boolean }[];
}

async function stateOf(region: HuaweiRegion, image: ImsImage): Promise<FullEcsImageState> {
    const backup = await backupBehind(region, image);
    const isComplete = backup === undefined || backup.status === "available";
    return {
        imageName: image.name,
        status: image.status,
        backup: image.backupId,
        availableIn: isComplete ? region.region : (backup.availabilityZone ?? region.region),
        disks: backup?.disks.map(({ volumeId, sizeGiB, bootable }) => ({
            volume: volumeId,
            sizeGiB,
            system: bootable,
        })),
    } satisfies FullEcsImageState;
}

/** The IMS names of the backup services. */
const wholeImageTypes = { cbr: "CBR", csbs: "CSBS" } as const;

/** The inputs that determine whether a vault is required. */
const vaultNeeds = z.object({
    cloud: huaweiCloud.catch({ type: "huawei", region: "" }),
    source: z
        .union([z.object({ server: z.unknown() }), z.object({ backup: z.unknown() })])
        .optional()
        .catch(undefined),
    vault: z.unknown().optional(),
});

const region = check(inputs.pick({ cloud: true }), ({ news, ...work }) => regionProblems(work, news.cloud, "ecs"));

// An adopted image is not created from its source.
const source = check(
    inputs.pick({ cloud: true, source: true, adopt: true, guest: true, preflight: true }),
    async ({ news, ...work }) => {
        if (news.adopt !== undefined) return [];
        const place = await work.clouds.huawei(news.cloud);
        const found = await optionalLookup(work, `the servers and backups of ${place.region}`, () =>
            sourceProblems(place, news.source, news.guest),
        );
        if (!found) return [];
        const { refusals, dangers } = found;
        if (news.preflight !== "warn") return [...refusals, ...dangers];
        for (const { reason } of dangers) work.warn(reason);
        return refusals;
    },
);

const vault = checkKnowing(
    inputs.pick({ cloud: true, vault: true, adopt: true }),
    inputs.pick({ source: true }).partial(),
    async ({ news, known, ...work }) => {
        const { vault: id } = news;
        if (news.adopt !== undefined || id === undefined) return [];
        const place = await work.clouds.huawei(news.cloud);
        const reason = await optionalLookup(work, `the vaults of ${place.region}`, () =>
            vaultProblemOf(place, id, known.source),
        );
        return reason === undefined ? [] : [{ property: "vault", reason }];
    },
);

const adopted = check(inputs.pick({ cloud: true, adopt: true }), async ({ news, ...work }) =>
    missingAdoptedProblems(work, fullEcsImages(work, await work.clouds.huawei(news.cloud), { limit: 0 }), news.adopt),
);

const room = check(inputs.pick({ cloud: true, adopt: true }), async ({ news, ...work }) => {
    if (news.adopt !== undefined) return [];
    const reason = await imsRoomProblem(work, await work.clouds.huawei(news.cloud));
    return reason === undefined ? [] : [{ property: "source", reason }];
});

export const fullEcsImage: Handler<Inputs, FullEcsImageState> = {
    inputs,
    replaceOn: ["cloud", "source", "vault", "version"],
    timeLimits: { create: "60m", update: "60m", delete: "30m" },

    normalise: (given) => without(given, { description: "", "cloud.profile": "cbr", ...imageOptionDefaults }),

    problems: (given) => [...memoryProblems(given), ...vaultProblems(given)],

    checks: [[region], [source, vault, room, adopted]],

    doomedProblems: (work) =>
        doomedImageProblems(work, async () =>
            fullEcsImages(work, await work.clouds.huawei(work.olds.cloud), { limit: 0 }),
        ),

    async create(work) {
        const { news, clouds } = work;
        const region = await clouds.huawei(news.cloud);
        const limit = limitOf(news.timeouts?.create, "60m");
        const backup = givenBackup(news);
        return createImage(work, fullEcsImages(work, region, { limit, backup, servers: await serversOf(work, news) }), {
            contentHash: contentHashOf(news.cloud, news.source, news.vault),
            name: news.name,
            tags: news.tags,
            options: news,
            isExternalSource: backup !== undefined,
            limit,
            async begin({ name, ownership }) {
                const id = await region.ims.createWholeImage({
                    name,
                    description: news.description,
                    minRam: news.minRamMiB,
                    maxRam: news.maxRamMiB,
                    tags: tagsWith(ownership, news.tags),
                    ...("server" in news.source
                        ? { instanceId: news.source.server, vaultId: news.vault }
                        : { backupId: news.source.backup, wholeImageType: wholeImageTypes[region.backupKind] }),
                });
                return followImageJob(work, region, { id, ownership, limit, expected: expectedMs.fullEcsImage });
            },
            differences: (image) => differences(news, image),
            change(image, name) {
                const patch = imsPatch(image, { name, ...attributesOf(news) });
                return patch.length > 0 ? () => region.ims.updateImage(image.id, patch) : undefined;
            },
            begunState: (imageName) => ({ imageName, status: "creating" }),
            // The image is complete when it is active, which the console shows as Normal.
            stateOf: (image) => stateOf(region, image),
        });
    },

    async read(work) {
        const { clouds, olds } = work;
        const region = await clouds.huawei(olds.cloud);
        const found = await readImage(work, fullEcsImages(work, region, { limit: 0 }), () =>
            warnOfBackup(work, region),
        );
        if (!found) return undefined;
        const { image, inputs } = found;
        return {
            inputs: { ...inputs, ...imsAttributesOf(image) },
            state: await stateOf(region, image),
        };
    },

    async update(work) {
        const { id, clouds, olds, news } = work;
        const region = await clouds.huawei(news.cloud);
        const name = news.name ?? olds.imageName;
        const limit = limitOf(news.timeouts?.update, "60m");
        const image = await updateImage(work, fullEcsImages(work, region, { limit }), {
            limit: "60m",
            // Only an active image can be changed (docs/reference/ims.md#changes).
            async change(found) {
                const patch = imsPatch(found, { name, ...attributesOf(news) });
                if (patch.length > 0) await region.ims.updateImage(id, patch);
            },
        });
        return { ...(await stateOf(region, image)), imageName: name };
    },

    async confirm({ id, clouds, olds, ...context }) {
        const region = await clouds.huawei(olds.cloud);
        await confirmHeld(id, fullEcsImages({ clouds, ...context }, region, { limit: 0 }));
    },

    async sweep(work) {
        const { clouds, olds, isFinalDelete } = work;
        const limit = limitOf(olds.timeouts?.delete, "30m");
        const servers = isFinalDelete ? await serversOf(work, olds) : [];
        const service = fullEcsImages(work, await clouds.huawei(olds.cloud), { limit, servers });
        await sweepImages(work, service, { place: ["full-ECS images", olds.cloud], limit });
    },

    async delete(work) {
        const { clouds, olds } = work;
        const region = await clouds.huawei(olds.cloud);
        const limit = limitOf(olds.timeouts?.delete, "30m");
        await deleteImage(work, fullEcsImages(work, region, { limit }), { limit: "30m", children: backupOf(olds) });
    },
};

/** Whether a vault is required depends on the source and on the backup service. */
function vaultProblems(given: Properties): Problem[] {
    if (hasUnknown(given.cloud)) return [];
    const { cloud, source = {}, vault } = vaultNeeds.parse(given);
    const isOfCbr = (cloud.profile ?? "cbr") === "cbr";
    const problem = (reason: string): Problem[] => [{ property: "vault", reason }];
    if (vault === undefined) {
        const isRequired = isOfCbr && "server" in source;
        return isRequired
            ? problem('is required with profile "cbr": set it to the id of a CBR vault for server backups')
            : [];
    }
    if ("backup" in source)
        return problem("is not allowed with source.backup, which is already stored in a vault: remove it");
    return isOfCbr ? [] : problem('is not supported by profile "csbs": remove it, or use profile "cbr"');
}

function attributesOf({ description, minRamMiB, maxRamMiB }: Inputs) {
    return { description, minRamMiB, maxRamMiB };
}

function differences(news: Inputs, image: ImsImage): string[] {
    const backup = givenBackup(news) ?? image.backupId;
    return [
        ...(backup === image.backupId ? [] : [`its backup is "${image.backupId ?? ""}", not "${backup}"`]),
        ...imsDifferences(image, { name: news.name, ...attributesOf(news) }),
    ];
}

const ofServer = z.object({ source: z.object({ server: z.string() }) });

/** The servers that the resource's images were created from, including interrupted creates. */
async function serversOf({ holders, identity }: ResourceIdentities, inputs: Inputs): Promise<string[]> {
    const { here } = await holders.unfinishedCreates(identity.urn);
    const found = [inputs, ...here.map((begun) => begun.inputs)].flatMap((one) => ofServer.safeParse(one).data ?? []);
    return [...new Set(found.map(({ source: { server } }) => server))];
}

/** A deletion may have been interrupted before the backup was deleted. Only the state refers to that backup. */
async function warnOfBackup(work: LiveWork<Inputs, FullEcsImageState>, region: HuaweiRegion): Promise<void> {
    const [id] = backupOf(work.olds) ?? [];
    const exists = id !== undefined && (await region.backups.backup({ kind: region.backupKind, id }));
    if (exists) warnOfChildren(work, "backup", [id]);
}

function givenBackup({ source }: Inputs): string | undefined {
    return "backup" in source ? source.backup : undefined;
}

/** The backup that is deleted with the image: not an existing one that was given; undefined if it is not known yet. */
function backupOf(olds: Inputs & FullEcsImageState): string[] | undefined {
    if (givenBackup(olds) !== undefined) return [];
    return olds.backup === undefined ? undefined : [olds.backup];
}
