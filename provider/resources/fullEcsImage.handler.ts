import { z } from "zod";
import { explain, fullEcsImageLimits } from "../clouds/capabilities";
import type { Backup } from "../clouds/huawei/backups";
import type { HuaweiImage, ImagePatch } from "../clouds/huawei/ims/images";
import type { HuaweiRegion } from "../clouds/huawei/region";
import type { Handler, Problem } from "../dynamic/handler";
import { hasUnknown } from "../dynamic/unknown";
import { without } from "../lifecycle/defaults";
import { FailedImage, needed } from "../lifecycle/failedImage";
import {
    backupBehind,
    beginFullEcsImage,
    deleteFullEcsImage,
    sweepFullEcsImages,
    waitForActiveImage,
    waitForImageJob,
} from "../lifecycle/fullEcsImages";
import { guestProblems } from "../lifecycle/guestFacts";
import { imageTagging } from "../lifecycle/huaweiTagging";
import { contentOf, nameFor, ownerTag, readOwnership, settle, tagsWith } from "../lifecycle/ownership";
import { retag, userTags } from "../lifecycle/tags";
import { limitOf, timeouts } from "../lifecycle/timeouts";
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
    onDelete: z
        .strictObject({ unshare: z.boolean().optional(), backup: z.enum(["delete", "retain"]).optional() })
        .optional(),
    timeouts: timeouts.optional(),
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

function stateOf(region: HuaweiRegion, image: HuaweiImage, backup: Backup | undefined): FullEcsImageState {
    const isComplete = backup === undefined || backup.status === "available";
    return {
        imageName: image.name ?? "",
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

    normalise: (given) => without(given, { description: "", "cloud.profile": "cbr" }),

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

    async create({ origin, news, made, unmade, ...surroundings }) {
        const region = await surroundings.clouds.huawei(news.cloud);
        const limit = limitOf(news.timeouts?.create, "60m");

        // 1. The job, or the image that an interrupted run has begun already.
        const begun = await beginFullEcsImage(surroundings, region, {
            origin,
            content: contentOf(news.cloud, news.source, news.vault),
            limit,
            create: (ownership) =>
                region.ims.createWholeImage({
                    name: news.name ?? nameFor(origin, ownership.mark),
                    description: news.description,
                    instanceId: news.source.server,
                    vaultId: news.vault,
                    tags: tagsWith(ownership, news.tags),
                }),
        });
        const imageName = news.name ?? nameFor(origin, begun.ownership.mark);
        let imageId: string | undefined;
        const note = (id: string) => {
            imageId = id;
            made(id, { imageName, status: "creating" });
        };

        // 2. Done when the image is active, which the console calls Normal.
        try {
            if ("jobId" in begun) await waitForImageJob(surroundings, region, begun.jobId, { limit, begun: note });
            else note(begun.imageId);
            const image = await waitForActiveImage(surroundings, region, imageId ?? "", limit);
            settle(surroundings, imageTagging(region, image.id), begun.ownership);
            return { id: image.id, state: stateOf(region, image, await backupBehind(region, image.backupId)) };
        } catch (error) {
            if (!(error instanceof FailedImage)) throw error;
            if (imageId !== undefined) {
                const failed = { policy: {}, backup: undefined, keepBackup: false, limit };
                await deleteFullEcsImage(surroundings, region, imageId, failed);
            }
            unmade();
            throw error;
        }
    },

    async read({ clouds, id, olds }) {
        const region = await clouds.huawei(olds.cloud);
        const image = await region.ims.image(id);
        // A failed image will never be of use: the next up clears it away and makes another.
        if (!image || image.status === "killed") return undefined;
        const backup = await backupBehind(region, image.backupId);
        return {
            inputs: {
                name: olds.name === undefined ? undefined : image.name,
                description: image.description || undefined,
                tags: userTags(await region.ims.imageTags(id), olds.tags),
            },
            state: stateOf(region, image, backup),
        };
    },

    async update({ id, olds, news, ...surroundings }) {
        const region = await surroundings.clouds.huawei(news.cloud);
        const limit = limitOf(news.timeouts?.update, "60m");
        // Only an active image can be changed (reference huawei.md R22).
        const image = await needed(waitForActiveImage(surroundings, region, id, limit));
        const patch: ImagePatch[] = [];
        const name = news.name ?? olds.imageName;
        if (name !== image.name) patch.push({ op: "replace", path: "/name", value: name });
        if ((news.description ?? "") !== (image.description ?? "")) {
            patch.push({ op: "add", path: "/__description", value: news.description ?? "" });
        }
        if (patch.length > 0) await region.ims.updateImage(id, patch);
        const found = await region.ims.imageTags(id);
        const tagging = imageTagging(region, id);
        await retag({ found, wanted: news.tags, ...tagging });
        settle(surroundings, tagging, readOwnership(found[ownerTag]));
        return { ...stateOf(region, image, await backupBehind(region, image.backupId)), imageName: name };
    },

    async delete({ id, olds, origin, isLeaving, ...surroundings }) {
        const region = await surroundings.clouds.huawei(olds.cloud);
        const limit = limitOf(olds.timeouts?.delete, "30m");
        await deleteFullEcsImage(surroundings, region, id, {
            policy: olds.onDelete ?? {},
            backup: olds.backup,
            keepBackup: olds.onDelete?.backup === "retain",
            limit,
        });
        if (isLeaving) await sweepFullEcsImages(surroundings, region, { origin, id, limit });
    },
};
