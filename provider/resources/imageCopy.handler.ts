import { z } from "zod";
import { explain, swasImageCopy } from "../clouds/capabilities";
import type { Handler } from "../dynamic/handler";
import { expectedMs } from "../lifecycle/expectedDurations";
import { FailedImage } from "../lifecycle/failedImage";
import { markedTags, nameFor, ownerMark, userTags } from "../lifecycle/origin";
import {
    deleteSwasImage,
    ensureSwasImage,
    findSwasImage,
    retagSwasImage,
    waitForSwasImage,
} from "../lifecycle/swasImages";
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

    async preflight({ clouds, news }) {
        if (news.to === news.cloud.region) {
            return [{ property: "to", reason: `the image is in ${news.to} already: name another region` }];
        }
        const region = await clouds.alibaba(news.cloud);
        return region.isSimulated ? [] : [{ property: "to", reason: explain(swasImageCopy) }];
    },

    async create({ origin, news, made, unmade, ...surroundings }) {
        const source = await surroundings.clouds.alibaba(news.cloud);
        const target = source.elsewhere(news.to);
        const name = news.name ?? nameFor(origin);
        const limit = limitOf(news.timeouts?.create, "120m");

        // 1. The copy, unless an interrupted run has begun it already.
        const id = await ensureSwasImage(target, {
            name,
            mark: ownerMark(origin),
            create: () =>
                source.swas.copyCustomImage({
                    imageId: news.image,
                    destinationRegionId: news.to,
                    destinationImageName: name,
                    tags: markedTags(origin, news.tags),
                }),
        });

        // 2. From here on its id is kept, whatever happens.
        made(id, { imageName: name, status: "copying" });
        try {
            const image = await waitForSwasImage(surroundings, target, id, limit, expectedMs.swasImageCopy);
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
        if (!image) return undefined;
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
        const image = await waitForSwasImage(surroundings, target, id, limit);
        await retagSwasImage(target, image, news.tags);
        return { imageName: image.name, status: image.status };
    },

    async delete({ id, olds, ...surroundings }) {
        const target = (await surroundings.clouds.alibaba(olds.cloud)).elsewhere(olds.to);
        await deleteSwasImage(surroundings, target, id, {
            policy: olds.onDelete ?? {},
            snapshots: [],
            limit: limitOf(olds.timeouts?.delete, "20m"),
        });
    },
};
