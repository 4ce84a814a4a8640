import type { LiveWork, UpdateWork } from "../../pulumi/dynamic/handler";
import type { ReleasePolicy } from "../deletionPlan";
import { readOwnership } from "../ownership/ownership";
import { limitOf } from "../polling/timeouts";
import { retag, userTags } from "../tags/tags";
import { taggingOf } from "./createImage";
import { withLossAdvice } from "./failedImage";
import type { ImageOptions } from "./options";
import { confirmImage, confirmImageAtEnd } from "./ownImages";
import { releaseImage } from "./releaseImage";
import type { ImageService, SeenImage } from "./service";
import { keepAsVersion, pruneVersions } from "./versions";
import { waitForImage } from "./waitForImage";

type Tags = Record<string, string>;

/** The inputs that every kind of image reads back. */
export interface ReadImage<Image> {
    image: Image;
    inputs: { name?: string; tags?: Tags; previousVersions?: string[] };
}

/**
 * Reads the image; undefined if it failed or does not exist. A failed image never becomes usable, so the next `up`
 * deletes it and creates another.
 *
 * @param whenGone called if no such image exists, not even a failed one
 */
export async function readImage<Inputs extends ImageOptions & { name?: string; tags?: Tags }, Image extends SeenImage>(
    { id, olds }: LiveWork<Inputs, object>,
    service: ImageService<Image>,
    whenGone?: () => Promise<void>,
): Promise<ReadImage<Image> | undefined> {
    const image = await service.find(id);
    if (!image) await whenGone?.();
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

/** Confirms ownership of an image that the state holds, and of its children. */
export async function confirmHeld<Image extends SeenImage>(
    id: string,
    service: ImageService<Image>,
    children: readonly string[] = [],
): Promise<void> {
    const ownership = readOwnership((await service.find(id))?.tags);
    if (ownership?.isPending) await confirmImage(service, { id, children, ownership });
}

/** Finishes an interrupted create, then updates tags and kept versions. */
export async function updateImage<Inputs extends ImageOptions & { tags?: Tags }, State, Image extends SeenImage>(
    work: UpdateWork<Inputs, State>,
    service: ImageService<Image>,
    options: {
        limit: string;
        children?: readonly string[];
        /** Changes further attributes of the image in place. */
        change?: (image: Image) => Promise<void>;
    },
): Promise<Image> {
    const { id, news, olds, identity } = work;
    const limit = limitOf(news.timeouts?.update, options.limit);
    const image = await withLossAdvice(waitForImage(work, service, id, limit));
    await options.change?.(image);
    await retag({ found: image.tags, before: olds.tags, wanted: news.tags, ...taggingOf(service, id) });
    const count = news.keepVersions ?? 0;
    if (count < (olds.keepVersions ?? 0)) {
        const policy = keepIfInUse(news.onDelete);
        const recorded = olds.previousVersions ?? [];
        const keeps = recorded.slice(0, count);
        const areProtected = olds.deleteProtection;
        await pruneVersions(work, service, { identity, keeps, recorded, policy, limit, areProtected });
    }
    const ownership = readOwnership(image.tags);
    confirmImageAtEnd(work, service, { id, children: options.children ?? [], ownership });
    return image;
}

/**
 * Servers of an earlier version may be replaced later in the run. The version is then deleted later, at the latest with
 * the resource.
 */
function keepIfInUse(policy: ImageOptions["onDelete"]): ReleasePolicy {
    return { ...policy, ifInUse: "retain" };
}

/** Deletes the image, or keeps it as an earlier version of the resource. */
export async function deleteImage<Inputs extends ImageOptions, State, Image extends SeenImage>(
    work: LiveWork<Inputs, State>,
    service: ImageService<Image>,
    options: { limit: string; children?: readonly string[] },
): Promise<void> {
    const { id, olds, identity, isFinalDelete, keeps } = work;
    const policy = olds.onDelete ?? {};
    const limit = limitOf(olds.timeouts?.delete, options.limit);
    const count = olds.keepVersions ?? 0;
    const recorded = olds.previousVersions ?? [];
    const prune = (kept: readonly string[], how: ReleasePolicy) =>
        pruneVersions(work, service, {
            identity,
            keeps: kept,
            recorded,
            policy: how,
            limit,
            areProtected: olds.deleteProtection,
        });
    // An image that was replaced while keepVersions was 0 is not an earlier version, even if keepVersions is larger now.
    const isKept = !isFinalDelete && count > 0 && (keeps === undefined || keeps.includes(id));
    if (isKept) await keepAsVersion(service, id, identity, options.children ?? []);
    if (isFinalDelete) await prune([id], policy);
    else if (keeps) await prune([id, ...keeps], keepIfInUse(policy));
    if (isKept) return;
    await releaseImage(work, service, id, { policy, children: options.children, limit });
}
