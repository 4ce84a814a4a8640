import { z } from "zod";
import { explain, fullEcsImageLimits, swasImageCopy } from "../clouds/capabilities";
import type { Handler } from "../dynamic/handler";
import { hasUnknown } from "../dynamic/unknown";
import { imageTagging } from "../lifecycle/alibabaTagging";
import { expectedMs } from "../lifecycle/expectedDurations";
import { FailedImage, needed } from "../lifecycle/failedImage";
import { contentOf, nameFor, ownerTag, readOwnership, tagsWith } from "../lifecycle/ownership";
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
import { retag, userTags } from "../lifecycle/tags";
import { limitOf, timeouts } from "../lifecycle/timeouts";
import { alibabaCloud, alibabaTags, imageFacts, swasImageName } from "./inputs";

const inputs = z.strictObject({
    cloud: alibabaCloud,
    image: z.string().min(1),
    imageFacts,
    to: z.string().min(1),
    name: swasImageName.optional(),
    tags: alibabaTags.optional(),
    onDelete: z.strictObject({ unshare: z.boolean().optional() }).optional(),
    timeouts: timeouts.optional(),
});

type Inputs = z.infer<typeof inputs>;

export interface ImageCopyState {
    imageName: string;
    status: string;
}

export const imageCopy: Handler<Inputs, ImageCopyState> = {
    inputs,
    replaceOn: ["cloud", "image", "to", "name"],
    uniqueInputs: ["name"],

    problems(given) {
        const { imageFacts: facts, cloud } = z
            .object({
                imageFacts: imageFacts.catch(undefined),
                cloud: alibabaCloud.catch({ type: "alibaba", region: "" }),
            })
            .parse(given);
        if (facts?.kind === "full-ecs") return [{ property: "image", reason: explain(fullEcsImageLimits.copies) }];
        if (!facts || hasUnknown(cloud) || facts.region === cloud.region) return [];
        return [{ property: "cloud.region", reason: `the image is in ${facts.region}: name the region that it is in` }];
    },

    async preflight({ clouds, news, olds }) {
        if (olds?.image === news.image && olds.to === news.to) return [];
        if (news.to === news.cloud.region) {
            return [{ property: "to", reason: `the image is in ${news.to} already: name another region` }];
        }
        const region = await clouds.alibaba(news.cloud);
        return region.isSimulated ? [] : [{ property: "to", reason: explain(swasImageCopy) }];
    },

    async create({ origin, news, made, unmade, ...surroundings }) {
        const source = await surroundings.clouds.alibaba(news.cloud);
        const target = source.elsewhere(news.to);
        const limit = limitOf(news.timeouts?.create, "120m");

        // 1. What an interrupted run has begun is gone on with, else a copy begins.
        const content = contentOf(news.cloud, news.image, news.name);
        const { ownership, leftover } = await claimSwasImage(surroundings, target, { origin, content, limit });
        const name = news.name ?? nameFor(origin, ownership.mark);
        const create = () =>
            source.swas.copyCustomImage({
                imageId: news.image,
                destinationRegionId: news.to,
                destinationImageName: name,
                tags: tagsWith(ownership, news.tags),
            });
        const id = leftover ?? (await makeSwasImage(target, { name, ownership, create }));

        // 2. From here on its id is kept, whatever happens.
        made(id, { imageName: name, status: "copying" });
        try {
            const image = await waitForSwasImage(surroundings, target, id, limit, {
                isNew: leftover === undefined,
                expected: expectedMs.swasImageCopy,
            });
            settleSwasImage(surroundings, target, { id, snapshots: [], ownership });
            return { id, state: { imageName: image.name, status: image.status } satisfies ImageCopyState };
        } catch (error) {
            if (!(error instanceof FailedImage)) throw error;
            await deleteSwasImage(surroundings, target, id, { policy: {}, snapshots: [], limit });
            unmade();
            throw error;
        }
    },

    async read({ clouds, id, olds }) {
        const source = await clouds.alibaba(olds.cloud);
        const image = await findSwasImage(source.elsewhere(olds.to), id);
        if (!image || hasFailed(image)) return undefined;
        return {
            inputs: {
                name: olds.name === undefined ? undefined : image.name,
                tags: userTags(image.tags, olds.tags),
            },
            state: { imageName: image.name, status: image.status },
        };
    },

    async update({ id, news, ...surroundings }) {
        const target = (await surroundings.clouds.alibaba(news.cloud)).elsewhere(news.to);
        const limit = limitOf(news.timeouts?.update, "120m");
        const image = await needed(waitForSwasImage(surroundings, target, id, limit));
        await retag({ found: image.tags, wanted: news.tags, ...imageTagging(target, id) });
        const ownership = readOwnership(image.tags[ownerTag]);
        if (ownership?.isPending) settleSwasImage(surroundings, target, { id, snapshots: [], ownership });
        return { imageName: image.name, status: image.status };
    },

    async delete({ id, olds, origin, isLeaving, ...surroundings }) {
        const target = (await surroundings.clouds.alibaba(olds.cloud)).elsewhere(olds.to);
        const limit = limitOf(olds.timeouts?.delete, "20m");
        await deleteSwasImage(surroundings, target, id, { policy: olds.onDelete ?? {}, snapshots: [], limit });
        if (isLeaving) await sweepSwasImages(surroundings, target, { origin, id, limit });
    },
};
