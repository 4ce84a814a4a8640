import { UserError } from "../../clouds/errors";
import type { CreateWork, ResourceIdentity } from "../../pulumi/dynamic/handler";
import { firstOwnerId, keyOf, type Ownership, ownerTag, readOwnership } from "../ownership/ownership";
import { describeImage, type ImageService, type SeenImage } from "./service";

/**
 * Finds the existing image that a resource adopts, and checks that the resource may adopt it and that it matches the
 * inputs.
 *
 * @throws UserError if the image cannot be adopted; the message names every difference
 */
export async function imageToAdopt<Image extends SeenImage>(
    { holders }: Pick<CreateWork<unknown, unknown>, "holders">,
    service: ImageService<Image>,
    wanted: {
        /** The id or the exact name of the image. */
        adopt: string;
        identity: ResourceIdentity;
        contentHash: string;
        /** Lists how the image differs from the inputs: 'its description is "x", not "y"'. */
        differences: (image: Image) => string[];
    },
): Promise<{ image: Image; ownership: Ownership }> {
    const image = await findByIdOrName(service, wanted.adopt);
    const what = describeImage(service, image.id, image);
    const owner = readOwnership(image.tags);
    const ownerId = firstOwnerId(wanted.identity);
    const ownsImage = owner?.ownerId === ownerId || owner?.isPending;
    if (owner && !(ownsImage && (await holders.holding(image.id)) === "free")) {
        throw new UserError(
            `cannot adopt ${what}: another resource of this or another stack owns it. Remove it from that state ` +
                `with "pulumi state delete", remove its tag ${ownerTag}, and run "pulumi up" again`,
        );
    }
    const differences = wanted.differences(image);
    if (differences.length > 0) {
        throw new UserError(`cannot adopt ${what}: ${differences.join("; ")}. Correct the inputs`);
    }
    return {
        image,
        ownership: { ownerId, contentHash: wanted.contentHash, key: keyOf(wanted.identity), isPending: true },
    };
}

async function findByIdOrName<Image extends SeenImage>(service: ImageService<Image>, adopt: string): Promise<Image> {
    const own = await service.all();
    const found = own.filter(({ id, name }) => id === adopt || name === adopt);
    const [image] = found;
    if (found.length > 1) {
        const ids = found.map(({ id }) => id).join(", ");
        throw new UserError(
            `cannot adopt image ${adopt}: ${found.length} images in ${service.region} have this name. Set adopt to the id of one of them (${ids})`,
        );
    }
    if (!image) {
        throw new UserError(
            `cannot adopt image ${adopt}: this account has no such image in ${service.region}. Correct the id, the name or the region`,
        );
    }
    return image;
}
