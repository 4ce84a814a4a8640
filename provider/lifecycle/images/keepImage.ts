import type { LiveWork, UpdateWork } from "../../dynamic/handler";
import { needed } from "../failedImage";
import { ownerTag, readOwnership } from "../ownership";
import type { ReleasePolicy } from "../releaseOrder";
import { retag, userTags } from "../tags";
import { limitOf } from "../timeouts";
import { taggingOf } from "./createImage";
import type { ImageOptions } from "./options";
import { settleImage, sweepImages } from "./ownImages";
import { releaseImage } from "./releaseImage";
import type { ImageService, SeenImage } from "./service";
import { keepAsVersion, pruneVersions } from "./versions";
import { waitForImage } from "./waitForImage";

type Tags = Record<string, string>;

/** What every kind of image reads back of its inputs. */
export interface ReadImage<Image> {
    image: Image;
    inputs: { name?: string; tags?: Tags; previousVersions?: string[] };
}

/**
 * The image as it is now, or undefined: a failed one will never be of use, so that the next up clears it away and makes
 * another.
 */
export async function readImage<Inputs extends ImageOptions & { name?: string; tags?: Tags }, Image extends SeenImage>(
    { id, olds }: LiveWork<Inputs, object>,
    service: ImageService<Image>,
): Promise<ReadImage<Image> | undefined> {
    const image = await service.find(id);
    if (!image || image.condition === "failed") return undefined;
    const previous = await Promise.all((olds.previousVersions ?? []).map((version) => service.find(version)));
    const left = previous.flatMap((version) => (version ? [version.id] : []));
    return {
        image,
        inputs: {
            name: olds.name === undefined ? undefined : image.name,
            tags: userTags(image.tags, olds.tags),
            ...(olds.previousVersions && { previousVersions: left }),
        },
    };
}

/** Finishes what an interrupted create began, then brings tags and kept versions to what is wanted. */
export async function updateImage<Inputs extends ImageOptions & { tags?: Tags }, State, Image extends SeenImage>(
    work: UpdateWork<Inputs, State>,
    service: ImageService<Image>,
    options: {
        limit: string;
        children?: readonly string[];
        /** What else can be changed of an image in place. */
        change?: (image: Image) => Promise<void>;
    },
): Promise<Image> {
    const { id, news, olds, origin } = work;
    const limit = limitOf(news.timeouts?.update, options.limit);
    const image = await needed(waitForImage(work, service, id, limit));
    await options.change?.(image);
    await retag({ found: image.tags, before: olds.tags, wanted: news.tags, ...taggingOf(service, id) });
    const count = news.keepVersions ?? 0;
    if (count < (olds.keepVersions ?? 0)) {
        await pruneVersions(work, service, { origin, count, policy: whileLiving(news.onDelete), limit });
    }
    const ownership = readOwnership(image.tags[ownerTag]);
    settleImage(work, service, { id, children: options.children ?? [], ownership });
    return image;
}

/** What uses an old version may be about to move on: it goes later, at the latest with the resource. */
function whileLiving(policy: ImageOptions["onDelete"]): ReleasePolicy {
    return { ...policy, ifInUse: "retain" };
}

/** Lets the image go, or keeps it as an earlier version of the resource. */
export async function deleteImage<Inputs extends ImageOptions, State, Image extends SeenImage>(
    work: LiveWork<Inputs, State>,
    service: ImageService<Image>,
    options: { limit: string; children?: readonly string[] },
): Promise<void> {
    const { id, olds, origin, isLeaving } = work;
    const policy = olds.onDelete ?? {};
    const limit = limitOf(olds.timeouts?.delete, options.limit);
    const count = olds.keepVersions ?? 0;
    if (count > 0 && !isLeaving) {
        await keepAsVersion(service, id, origin);
        await pruneVersions(work, service, { origin, count, policy: whileLiving(policy), limit });
        return;
    }
    if (isLeaving) await pruneVersions(work, service, { origin, count: 0, policy, limit });
    await releaseImage(work, service, id, { policy, children: options.children, limit });
    if (isLeaving) await sweepImages(work, service, { origin, id, limit });
}
