import { z } from "zod";
import { explain, fullEcsImageLimits } from "../clouds/capabilities";
import type { ImagePatch } from "../clouds/huawei/ims/images";
import type { HuaweiRegion } from "../clouds/huawei/region";
import type { Handler, Problem } from "../dynamic/handler";
import { hasUnknown } from "../dynamic/unknown";
import { without } from "../lifecycle/defaults";
import { expectedMs } from "../lifecycle/expectedDurations";
import { guestProblems } from "../lifecycle/guestFacts";
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
    source: z.strictObject({ server: z.string().min(1) }),
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

export const fullEcsImage: Handler<Inputs, FullEcsImageState> = {
    inputs,
    replaceOn: ["cloud", "source", "vault"],

    normalise: (given) => without(given, { description: "", "cloud.profile": "cbr", ...imageOptionDefaults }),

    problems(given) {
        if (hasUnknown(given.cloud)) return [];
        const { cloud, vault } = z
            .object({ cloud: huaweiCloud.catch({ type: "huawei", region: "" }), vault: z.unknown().optional() })
            .parse(given);
        const profile = cloud.profile ?? "cbr";
        if (profile === "cbr" && vault === undefined) {
            const reason = 'is needed with profile "cbr": give the id of a CBR vault for server backups';
            return [{ property: "vault", reason }];
        }
        if (profile === "csbs" && vault !== undefined) {
            return [{ property: "vault", reason: 'is unknown to profile "csbs": leave it out, or use profile "cbr"' }];
        }
        return [];
    },

    async preflight({ clouds, news, olds, warn }) {
        const isUnchanged = olds?.source?.server === news.source.server && olds.cloud?.region === news.cloud.region;
        if (isUnchanged) return [];
        const region = await clouds.huawei(news.cloud);
        const { server: id } = news.source;
        const server = await region.servers.server(id);
        if (!server) {
            return [
                {
                    property: "source.server",
                    reason: `no server ${id} in ${region.region}: correct the id or the region`,
                },
            ];
        }
        const problems: Problem[] = [];
        if (server.status !== "ACTIVE" && server.status !== "SHUTOFF") {
            problems.push({
                property: "source.server",
                reason: `server ${id} is ${server.status}: a full-ECS image can be made of a running or stopped server only`,
            });
        }
        const dangers = guestProblems(server, news.guest ?? {});
        if (news.preflight === "warn") for (const danger of dangers) warn(danger);
        else problems.push(...dangers.map((reason) => ({ property: "source.server", reason })));
        return problems;
    },

    async create(work) {
        const { news, clouds } = work;
        const region = await clouds.huawei(news.cloud);
        const limit = limitOf(news.timeouts?.create, "60m");
        return createImage(work, fullEcsImages(work, region, limit), {
            content: contentOf(news.cloud, news.source, news.vault),
            name: news.name,
            tags: news.tags,
            options: news,
            limit,
            async begin({ name, ownership }) {
                const id = await region.ims.createWholeImage({
                    name,
                    description: news.description,
                    instanceId: news.source.server,
                    vaultId: news.vault,
                    tags: tagsWith(ownership, news.tags),
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
        const found = await readImage(work, fullEcsImages(work, region, 0));
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
        const image = await updateImage(work, fullEcsImages(work, region, limit), {
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
        const children = olds.backup === undefined ? [] : [olds.backup];
        await deleteImage(work, fullEcsImages(work, region, limit), { limit: "30m", children });
    },
};

function differences({ name, description }: Inputs, image: ImsImage): string[] {
    const asked = [
        ["name", name ?? image.name, image.name],
        ["description", description ?? "", image.description ?? ""],
    ];
    return asked
        .filter(([, wanted, found]) => wanted !== found)
        .map(([what, wanted, found]) => `its ${what} is "${found}", not "${wanted}"`);
}
