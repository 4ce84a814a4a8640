import { z } from "zod";
import { check } from "../pulumi/dynamic/checks";
import type { Handler } from "../pulumi/dynamic/handler";
import type { Properties } from "../pulumi/dynamic/plainJson";
import { without } from "../reconcile/defaults";
import { createImage } from "../reconcile/images/createImage";
import { imsRoomProblem } from "../reconcile/images/imageRoom";
import { imsAttributesOf, imsDifferences, imsPatch } from "../reconcile/images/imsAttributes";
import { followImageJob, type ImsImage } from "../reconcile/images/imsImages";
import { confirmHeld, deleteImage, readImage, updateImage } from "../reconcile/images/keepImage";
import { missingAdoptedProblems } from "../reconcile/images/missingImage";
import { imageOptionDefaults, imageOptions } from "../reconcile/images/options";
import { sweepImages } from "../reconcile/images/ownImages";
import { systemImages, systemSourceProblem } from "../reconcile/images/systemImages";
import { optionalLookup } from "../reconcile/optionalLookup";
import { contentHashOf, tagsWith } from "../reconcile/ownership/ownership";
import { regionProblems } from "../reconcile/places";
import { expectedMs } from "../reconcile/polling/expectedDurations";
import { limitOf } from "../reconcile/polling/timeouts";
import { doomedImageProblems } from "./doomedImages";
import { huaweiCloud, huaweiTags, imsDescription, imsImageName, imsMemory, memoryProblems } from "./inputs";

const inputs = z.strictObject({
    cloud: huaweiCloud,
    source: z.strictObject({ server: z.string().min(1) }, { error: "must be { server }" }),
    name: imsImageName.optional(),
    description: imsDescription.optional(),
    tags: huaweiTags.optional(),
    minRamMiB: imsMemory.optional(),
    maxRamMiB: imsMemory.min(1).optional(),
    ...imageOptions,
});

type Inputs = z.infer<typeof inputs>;

export interface SystemImageState {
    imageName: string;
    status: string;
    osType?: string;
    systemDiskGiB?: number;
    createdAt?: string;
}

function stateOf(image: ImsImage): SystemImageState {
    return {
        imageName: image.name,
        status: image.status,
        osType: image.osType,
        systemDiskGiB: image.minDiskGiB,
        createdAt: image.createdAt,
    } satisfies SystemImageState;
}

const region = check(inputs.pick({ cloud: true }), ({ news, ...work }) => regionProblems(work, news.cloud, "ecs"));

// An adopted image is not created from its source.
const source = check(inputs.pick({ cloud: true, source: true, adopt: true }), async ({ news, ...work }) => {
    if (news.adopt !== undefined) return [];
    const place = await work.clouds.huawei(news.cloud);
    const reason = await optionalLookup(work, `the servers of ${place.region}`, () =>
        systemSourceProblem(place, news.source.server),
    );
    return reason === undefined ? [] : [{ property: "source.server", reason }];
});

const adopted = check(inputs.pick({ cloud: true, adopt: true }), async ({ news, ...work }) =>
    missingAdoptedProblems(work, systemImages(await work.clouds.huawei(news.cloud)), news.adopt),
);

const room = check(inputs.pick({ cloud: true, adopt: true }), async ({ news, ...work }) => {
    if (news.adopt !== undefined) return [];
    const reason = await imsRoomProblem(work, await work.clouds.huawei(news.cloud));
    return reason === undefined ? [] : [{ property: "source", reason }];
});

/** CustomImage on Huawei Cloud and Open Telekom Cloud: an IMS image of a server's system disk. */
export const systemImage: Handler<Inputs, SystemImageState> = {
    inputs,
    replaceOn: ["cloud", "source", "version"],
    timeLimits: { create: "60m", update: "60m", delete: "20m" },

    // The backup service makes no difference for an image without a backup.
    normalise: (given) => without(withoutProfile(given), { description: "", minRamMiB: 0, ...imageOptionDefaults }),

    problems: memoryProblems,

    checks: [[region], [source], [room, adopted]],

    doomedProblems: (work) =>
        doomedImageProblems(work, async () => systemImages(await work.clouds.huawei(work.olds.cloud))),

    async create(work) {
        const { news, clouds } = work;
        const region = await clouds.huawei(news.cloud);
        const limit = limitOf(news.timeouts?.create, "60m");
        const { source, description, minRamMiB, maxRamMiB, tags } = news;
        return createImage(work, systemImages(region), {
            contentHash: contentHashOf(news.cloud, source),
            name: news.name,
            tags,
            options: news,
            limit,
            async begin({ name, ownership }) {
                const id = await region.ims.createSystemImage({
                    name,
                    description,
                    instanceId: source.server,
                    minRam: minRamMiB,
                    maxRam: maxRamMiB,
                    tags: tagsWith(ownership, tags),
                });
                return followImageJob(work, region, { id, ownership, limit, expected: expectedMs.systemImage });
            },
            differences: (image) => differences(news, image),
            change(image, name) {
                const patch = imsPatch(image, { name, description, minRamMiB, maxRamMiB });
                return patch.length > 0 ? () => region.ims.updateImage(image.id, patch) : undefined;
            },
            begunState: (imageName) => ({ imageName, status: "creating" }),
            stateOf,
        });
    },

    async read(work) {
        const { clouds, olds } = work;
        const found = await readImage(work, systemImages(await clouds.huawei(olds.cloud)));
        if (!found) return undefined;
        const { image, inputs } = found;
        return {
            inputs: { ...inputs, ...imsAttributesOf(image) },
            state: stateOf(image),
        };
    },

    async update(work) {
        const { id, clouds, olds, news } = work;
        const region = await clouds.huawei(news.cloud);
        const name = news.name ?? olds.imageName;
        const image = await updateImage(work, systemImages(region), {
            limit: "60m",
            async change(found) {
                const { description, minRamMiB, maxRamMiB } = news;
                const patch = imsPatch(found, { name, description, minRamMiB, maxRamMiB });
                if (patch.length > 0) await region.ims.updateImage(id, patch);
            },
        });
        return { ...stateOf(image), imageName: name };
    },

    async confirm({ id, clouds, olds }) {
        await confirmHeld(id, systemImages(await clouds.huawei(olds.cloud)));
    },

    async sweep(work) {
        const { clouds, olds } = work;
        const service = systemImages(await clouds.huawei(olds.cloud));
        const place = ["system images", olds.cloud];
        await sweepImages(work, service, { place, limit: limitOf(olds.timeouts?.delete, "20m") });
    },

    async delete(work) {
        const { clouds, olds } = work;
        await deleteImage(work, systemImages(await clouds.huawei(olds.cloud)), { limit: "20m", children: [] });
    },
};

function differences({ source, name, description, minRamMiB, maxRamMiB }: Inputs, image: ImsImage): string[] {
    const identity = `instance,${source.server}`;
    return [
        ...(image.dataOrigin === identity
            ? []
            : [`it was created from "${image.dataOrigin ?? ""}", not from "${identity}"`]),
        ...imsDifferences(image, { name, description, minRamMiB, maxRamMiB }),
    ];
}

function withoutProfile(given: Properties): Properties {
    const { cloud } = given;
    if (typeof cloud !== "object" || cloud === null) return given;
    return { ...given, cloud: { ...cloud, profile: undefined } };
}
