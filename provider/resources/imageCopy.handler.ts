import { z } from "zod";
import { explain, fullEcsImageLimits, huaweiImageCopies, swasImageCopy } from "../clouds/capabilities";
import type { AlibabaRegion } from "../clouds/connect";
import { check, checkKnowing } from "../pulumi/dynamic/checks";
import type { Handler, Problem } from "../pulumi/dynamic/handler";
import type { Properties } from "../pulumi/dynamic/plainJson";
import { hasUnknown } from "../pulumi/dynamic/unknown";
import { without } from "../reconcile/defaults";
import { copyContentHash } from "../reconcile/images/copyContentHash";
import { createImage } from "../reconcile/images/createImage";
import { warnOfSwasRoom } from "../reconcile/images/imageRoom";
import { confirmHeld, deleteImage, readImage, updateImage } from "../reconcile/images/keepImage";
import {
    aboutImage,
    missingAdoptedProblems,
    missingImageProblems,
    swasCustomImagesOf,
} from "../reconcile/images/missingImage";
import { imageOptionDefaults, imageOptions } from "../reconcile/images/options";
import { sweepImages } from "../reconcile/images/ownImages";
import { makeSwasImage, type SwasImage, swasImages } from "../reconcile/images/swasImages";
import { waitForImage } from "../reconcile/images/waitForImage";
import { tagsWith } from "../reconcile/ownership/ownership";
import { alibabaRegionProblem, regionProblems } from "../reconcile/places";
import { expectedMs } from "../reconcile/polling/expectedDurations";
import { limitOf } from "../reconcile/polling/timeouts";
import { doomedImageProblems } from "./doomedImages";
import { alibabaCloud, alibabaTags, imageFacts, swasImageName } from "./inputs";

const inputs = z.strictObject({
    cloud: alibabaCloud,
    image: z.string().min(1),
    imageFacts,
    to: z.string().min(1),
    name: swasImageName.optional(),
    tags: alibabaTags.optional(),
    ...imageOptions,
});

type Inputs = z.infer<typeof inputs>;

export interface ImageCopyState {
    imageName: string;
    status: string;
}

/** The regions can be compared before the image exists. */
const places = inputs.pick({ cloud: true, to: true });

function ownRegionProblems({ cloud, to }: Properties): Problem[] {
    const parsed = places.safeParse({ cloud, to });
    if (!parsed.success || hasUnknown(parsed.data) || parsed.data.to !== parsed.data.cloud.region) return [];
    return [
        { property: "to", reason: `must not be ${parsed.data.to}, the region of the image: choose another region` },
    ];
}

const region = check(inputs.pick({ cloud: true }), ({ news, ...work }) => regionProblems(work, news.cloud, "swas"));

const target = check(places, async ({ news, ...work }) => {
    const missing = await alibabaRegionProblem(work, news.cloud, { service: "swas", region: news.to });
    if (missing !== undefined) return [{ property: "to", reason: missing }];
    const { isSimulated } = await work.clouds.alibaba(news.cloud);
    return isSimulated ? [] : [{ property: "to", reason: explain(swasImageCopy) }];
});

const room = check(inputs.pick({ cloud: true, to: true, adopt: true }), async ({ news, ...work }) => {
    const source = await work.clouds.alibaba(news.cloud);
    if (news.adopt === undefined) await warnOfSwasRoom(work, source.elsewhere(news.to));
    return [];
});

const missing = checkKnowing(inputs.pick({ cloud: true, image: true }), aboutImage, async ({ news, known, ...work }) =>
    missingImageProblems(work, swasCustomImagesOf(await work.clouds.alibaba(news.cloud)), {
        ...known,
        image: news.image,
    }),
);

const adopted = check(inputs.pick({ cloud: true, to: true, adopt: true }), async ({ news, ...work }) =>
    missingAdoptedProblems(work, copiesIn((await work.clouds.alibaba(news.cloud)).elsewhere(news.to)), news.adopt),
);

/** The inputs that determine whether the image can be copied. */
const identity = z.object({
    imageFacts: imageFacts.catch(undefined),
    cloud: alibabaCloud.catch({ type: "alibaba", region: "" }),
});

export const imageCopy: Handler<Inputs, ImageCopyState> = {
    inputs,
    replaceOn: ["cloud", "image", "to", "name", "version"],
    timeLimits: { create: "120m", update: "120m", delete: "20m" },
    uniqueInputs: ["name"],

    normalise: (given) => without(given, imageOptionDefaults),

    problems(given) {
        const { imageFacts: facts, cloud } = identity.parse(given);
        if (facts?.kind === "system") return [{ property: "image", reason: explain(huaweiImageCopies) }];
        if (facts?.kind === "full-ecs") return [{ property: "image", reason: explain(fullEcsImageLimits.copies) }];
        if (!facts || hasUnknown(cloud) || facts.region === cloud.region) return ownRegionProblems(given);
        return [{ property: "cloud.region", reason: `must be ${facts.region}, the region of the image` }];
    },

    checks: [[region], [target], [room, missing, adopted]],

    doomedProblems: (work) =>
        doomedImageProblems(work, async () =>
            copiesIn((await work.clouds.alibaba(work.olds.cloud)).elsewhere(work.olds.to)),
        ),

    async create(work) {
        const { news, clouds } = work;
        const source = await clouds.alibaba(news.cloud);
        const target = source.elsewhere(news.to);
        const limit = limitOf(news.timeouts?.create, "120m");
        return createImage(work, copiesIn(target), {
            contentHash: copyContentHash(news.cloud, news.image, news.name),
            name: news.name,
            tags: news.tags,
            options: news,
            limit,
            async begin({ name, ownership }) {
                await waitForImage(work, swasImages(source), news.image, limit);
                const create = () =>
                    source.swas.copyCustomImage({
                        imageId: news.image,
                        destinationRegionId: news.to,
                        destinationImageName: name,
                        tags: tagsWith(ownership, news.tags),
                    });
                return { id: await makeSwasImage(work, target, { name, ownership, limit, create }) };
            },
            // The cloud does not report what a copy was copied from.
            differences: (image) =>
                news.name === undefined || news.name === image.name
                    ? []
                    : [`its name is "${image.name}", not "${news.name}"`],
            begunState: (imageName) => ({ imageName, status: "copying" }),
            stateOf,
        });
    },

    async read(work) {
        const { clouds, olds } = work;
        const source = await clouds.alibaba(olds.cloud);
        const found = await readImage(work, copiesIn(source.elsewhere(olds.to)));
        return found && { inputs: found.inputs, state: stateOf(found.image) };
    },

    async update(work) {
        const { clouds, news } = work;
        const target = (await clouds.alibaba(news.cloud)).elsewhere(news.to);
        return stateOf(await updateImage(work, copiesIn(target), { limit: "120m" }));
    },

    async confirm({ id, clouds, olds }) {
        await confirmHeld(id, copiesIn((await clouds.alibaba(olds.cloud)).elsewhere(olds.to)));
    },

    async sweep(work) {
        const { clouds, olds } = work;
        const service = copiesIn((await clouds.alibaba(olds.cloud)).elsewhere(olds.to));
        const place = ["SWAS images", { ...olds.cloud, region: olds.to }];
        await sweepImages(work, service, { place, limit: limitOf(olds.timeouts?.delete, "20m") });
    },

    async delete(work) {
        const { clouds, olds } = work;
        const target = (await clouds.alibaba(olds.cloud)).elsewhere(olds.to);
        await deleteImage(work, copiesIn(target), { limit: "20m", children: [] });
    },
};

const copiesIn = (target: AlibabaRegion) => swasImages(target, expectedMs.swasImageCopy);

function stateOf({ name, status }: SwasImage): ImageCopyState {
    return { imageName: name, status } satisfies ImageCopyState;
}
