import { z } from "zod";
import { explain, fullEcsImageLimits } from "../clouds/capabilities";
import type { ImagePatch } from "../clouds/huawei/ims/images";
import type { HuaweiRegion } from "../clouds/huawei/region";
import type { Handler, Problem } from "../dynamic/handler";
import { sameJson } from "../dynamic/plainJson";
import { hasUnknown } from "../dynamic/unknown";
import { without } from "../lifecycle/defaults";
import { expectedMs } from "../lifecycle/expectedDurations";
import { sourceProblems } from "../lifecycle/fullEcsSources";
import { createImage } from "../lifecycle/images/createImage";
import { backupBehind, fullEcsImages } from "../lifecycle/images/fullEcsImages";
import { followImageJob, type ImsImage } from "../lifecycle/images/imsImages";
import { deleteImage, readImage, updateImage } from "../lifecycle/images/keepImage";
import { imageOptionDefaults, imageOptions } from "../lifecycle/images/options";
import { contentOf, tagsWith } from "../lifecycle/ownership";
import { limitOf } from "../lifecycle/timeouts";
import { huaweiCloud, huaweiTags } from "./inputs";

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
    name: z
        .string()
        .regex(/^(?! )[A-Za-z0-9 _.-]{1,128}(?<! )$/, 'must have 1 to 128 letters, digits, spaces, "-", "_" or "."')
        .optional(),
    description: z
        .string()
        .regex(/^[^\r\n<>]{0,1024}$/, 'must have at most 1024 characters, without line breaks, "<" and ">"')
        .optional(),
    tags: huaweiTags.optional(),
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

/** As IMS calls the services that keep backups. */
const wholeImageTypes = { cbr: "CBR", csbs: "CSBS" } as const;

/** What tells whether a vault must be named. */
const vaultNeeds = z.object({
    cloud: huaweiCloud.catch({ type: "huawei", region: "" }),
    source: z
        .union([z.object({ server: z.unknown() }), z.object({ backup: z.unknown() })])
        .optional()
        .catch(undefined),
    vault: z.unknown().optional(),
});

export const fullEcsImage: Handler<Inputs, FullEcsImageState> = {
    inputs,
    replaceOn: ["cloud", "source", "vault"],

    normalise: (given) => without(given, { description: "", "cloud.profile": "cbr", ...imageOptionDefaults }),

    problems(given) {
        if (hasUnknown(given.cloud)) return [];
        const { cloud, source = {}, vault } = vaultNeeds.parse(given);
        const profile = cloud.profile ?? "cbr";
        const problem = (reason: string): Problem[] => [{ property: "vault", reason }];
        if (vault === undefined) {
            const isNeeded = profile === "cbr" && "server" in source;
            return isNeeded
                ? problem('is needed with profile "cbr": give the id of a CBR vault for server backups')
                : [];
        }
        if ("backup" in source)
            return problem("is for images of a server: leave it out, a backup has its vault already");
        return profile === "cbr" ? [] : problem('is unknown to profile "csbs": leave it out, or use profile "cbr"');
    },

    async preflight({ clouds, news, olds, warn }) {
        const made = ({ cloud, source, vault }: Inputs) => [cloud.region, source, vault];
        if (olds && sameJson(made(olds), made(news))) return [];
        const { refusals, dangers } = await sourceProblems(await clouds.huawei(news.cloud), news.source, news);
        if (news.preflight !== "warn") return [...refusals, ...dangers];
        for (const { reason } of dangers) warn(reason);
        return refusals;
    },

    async create(work) {
        const { news, clouds } = work;
        const region = await clouds.huawei(news.cloud);
        const limit = limitOf(news.timeouts?.create, "60m");
        const backup = givenBackup(news);
        return createImage(work, fullEcsImages(work, region, { limit, backup }), {
            content: contentOf(news.cloud, news.source, news.vault),
            name: news.name,
            tags: news.tags,
            options: news,
            isOfGiven: backup !== undefined,
            limit,
            async begin({ name, ownership }) {
                const id = await region.ims.createWholeImage({
                    name,
                    description: news.description,
                    tags: tagsWith(ownership, news.tags),
                    ...("server" in news.source
                        ? { instanceId: news.source.server, vaultId: news.vault }
                        : { backupId: news.source.backup, wholeImageType: wholeImageTypes[region.backupKind] }),
                });
                return followImageJob(work, region, { id, limit, expected: expectedMs.fullEcsImage });
            },
            differences: (image) => differences(news, image),
            begunState: (imageName) => ({ imageName, status: "creating" }),
            // Done when the image is active, which the console calls Normal.
            stateOf: (image) => stateOf(region, image),
        });
    },

    async read(work) {
        const { clouds, olds } = work;
        const region = await clouds.huawei(olds.cloud);
        const found = await readImage(work, fullEcsImages(work, region, { limit: 0 }));
        if (!found) return undefined;
        const { image, inputs } = found;
        return {
            inputs: { ...inputs, description: image.description || undefined },
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
            // Only an active image can be changed (reference huawei.md R22).
            async change(found) {
                const patch: ImagePatch[] = [];
                if (name !== found.name) patch.push({ op: "replace", path: "/name", value: name });
                if ((news.description ?? "") !== (found.description ?? "")) {
                    patch.push({ op: "add", path: "/__description", value: news.description ?? "" });
                }
                if (patch.length > 0) await region.ims.updateImage(id, patch);
            },
        });
        return { ...(await stateOf(region, image)), imageName: name };
    },

    async delete(work) {
        const { clouds, olds } = work;
        const region = await clouds.huawei(olds.cloud);
        const limit = limitOf(olds.timeouts?.delete, "30m");
        await deleteImage(work, fullEcsImages(work, region, { limit }), { limit: "30m", children: backupOf(olds) });
    },
};

function differences({ source, name, description }: Inputs, image: ImsImage): string[] {
    const asked = [
        ...("backup" in source ? [["backup", source.backup, image.backupId]] : []),
        ["name", name ?? image.name, image.name],
        ["description", description ?? "", image.description ?? ""],
    ];
    return asked
        .filter(([, wanted, found]) => wanted !== found)
        .map(([what, wanted, found]) => `its ${what} is "${found}", not "${wanted}"`);
}

function givenBackup({ source }: Inputs): string | undefined {
    return "backup" in source ? source.backup : undefined;
}

/** The backup that goes with the image: not one that was there before, and perhaps one that nobody has seen yet. */
function backupOf(olds: Inputs & FullEcsImageState): string[] | undefined {
    if (givenBackup(olds) !== undefined) return [];
    return olds.backup === undefined ? undefined : [olds.backup];
}
