import { z } from "zod";
import type { AlibabaRegion } from "../../clouds/connect";
import type { HuaweiRegion } from "../../clouds/huawei/region";
import { closestWord } from "../../core/closestWord";
import type { CheckContext, Problem } from "../../pulumi/dynamic/handler";
import { imageFacts } from "../../pulumi/dynamic/imageFacts";
import { imageUse } from "../../pulumi/dynamic/imageUse";
import { optionalLookup } from "../optionalLookup";
import type { ImageService } from "./service";

type Work = Pick<CheckContext, "clouds" | "warn" | "isPreview">;

interface NamedImage {
    readonly id: string;
    readonly name?: string;
}

/** Where a resource finds its image. */
export interface ImagePlace {
    readonly region: string;
    /** "the images of ECS in cn-hangzhou" */
    readonly what: string;
    has(id: string): Promise<boolean>;
    /** Images that may have been meant instead. */
    others(): Promise<readonly NamedImage[]>;
    /** What to do when no image is similar. */
    readonly remedy?: string;
}

/** What checks know of a given image beside its id. */
export const aboutImage = z.object({ imageFacts, imageUse: imageUse.optional() });

export type GivenImage = { image: string } & z.infer<typeof aboutImage>;

/**
 * Refuses an id that no image has which the account can use. An image of the program's own resources, or one that the
 * program shares, may appear later. An `up` refuses nothing, because lists show a new image late.
 */
export async function missingImageProblems(work: Work, place: ImagePlace, given: GivenImage): Promise<Problem[]> {
    const { image, imageFacts: facts, imageUse: use } = given;
    if (!work.isPreview || facts !== undefined || use?.mayBeSharedHere) return [];
    const found = await optionalLookup(work, place.what, async () => ({ isThere: await place.has(image) }));
    if (!found || found.isThere) return [];
    return [{ property: "image", reason: await missingImage(work, place, image) }];
}

/** Refuses to adopt an image that the account does not have. An adopted image is named by its id or its name. */
export async function missingAdoptedProblems(
    work: Work,
    service: ImageService,
    adopt: string | undefined,
): Promise<Problem[]> {
    if (!work.isPreview || adopt === undefined) return [];
    const { region } = service;
    const images = await optionalLookup(work, `the images of the account in ${region}`, () => service.all());
    if (!images || images.some(({ id, name }) => id === adopt || name === adopt)) return [];
    const closest = closestWord(
        adopt,
        images.flatMap(({ id, name }) => [id, name]),
    );
    const instead = closest === undefined ? "correct the id or name, or the region" : `did you mean "${closest}"?`;
    return [{ property: "adopt", reason: `this account has no image ${adopt} in ${region}: ${instead}` }];
}

/** "there is no image m-123 in cn-hangzhou that this account can use: …" */
export async function missingImage(
    work: Pick<Work, "clouds" | "warn">,
    { region, what, others, remedy = "correct the id or the region" }: Omit<ImagePlace, "has">,
    id: string,
): Promise<string> {
    const images = (await optionalLookup(work, what, others)) ?? [];
    const ofName = images.find(({ name }) => name === id);
    const closest = closestWord(
        id,
        images.map((image) => image.id),
    );
    const instead = ofName
        ? `it is the name of image ${ofName.id}, give the id`
        : closest === undefined
          ? remedy
          : `did you mean "${closest}"?`;
    return `there is no image ${id} in ${region} that this account can use: ${instead}`;
}

/** Custom images of Simple Application Server, also those that other accounts share. */
export function swasCustomImagesOf({ swas, region }: AlibabaRegion): ImagePlace {
    return {
        region,
        what: `the custom images of ${region}`,
        has: async (id) => (await swas.customImage(id)) !== undefined,
        others: async () => (await swas.ownCustomImages()).map(({ imageId, name }) => ({ id: imageId, name })),
    };
}

/** What a Simple Application Server can be created from: custom images, and those of the cloud. */
export function swasServerImagesOf(place: AlibabaRegion): ImagePlace {
    const custom = swasCustomImagesOf(place);
    const offered = async () =>
        (await place.swas.images()).map(({ imageId, imageName }) => ({ id: imageId, name: imageName }));
    return {
        ...custom,
        has: async (id) => (await custom.has(id)) || (await offered()).some((image) => image.id === id),
        others: async () => [...(await custom.others()), ...(await offered())],
    };
}

/**
 * What ECS can use: own and shared images, those of the cloud and its marketplace, and community images. A custom image
 * of Simple Application Server that is not shared yet exists as well: another check tells what to do with it.
 */
export function ecsImagesOf(place: AlibabaRegion): ImagePlace {
    const { ecs, region } = place;
    const custom = swasCustomImagesOf(place);
    return {
        region,
        what: `the images of ECS in ${region}`,
        has: async (id) =>
            (await ecs.ownImage(id)) !== undefined ||
            (await ecs.sharedImage(id)) !== undefined ||
            (await ecs.anyImage(id)) !== undefined ||
            (await ecs.communityImage(id)) !== undefined ||
            (await custom.has(id)),
        others: async () => {
            const images = [...(await ecs.ownImages()), ...(await ecs.describeImages({ ownerAlias: "system" }))];
            return images.map(({ imageId, imageName }) => ({ id: imageId, name: imageName }));
        },
    };
}

/** What an account of Alibaba Cloud can share with other accounts. */
export function alibabaImagesToShare(place: AlibabaRegion): ImagePlace {
    const { ecs, region } = place;
    const custom = swasCustomImagesOf(place);
    return {
        region,
        what: `the images of ${region}`,
        has: async (id) => (await custom.has(id)) || (await ecs.ownImage(id)) !== undefined,
        others: async () => [
            ...(await custom.others()),
            ...(await ecs.ownImages()).map(({ imageId, imageName }) => ({ id: imageId, name: imageName })),
        ],
    };
}

/** What a project of Huawei Cloud can use: own, shared, public and marketplace images. */
export function huaweiImagesOf({ ims, region }: HuaweiRegion): ImagePlace {
    return {
        region,
        what: `the images of ${region}`,
        // A lookup by id shows new images before lists do.
        has: async (id) => (await ims.image(id)) !== undefined || (await ims.shownImage(id)) !== undefined,
        others: () => ims.ownImages(),
        remedy:
            "correct the id or the region. A full-ECS image can be used only in the region where it is available, " +
            "a system image where it was created",
    };
}
