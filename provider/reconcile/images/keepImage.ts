import type { LiveWork, UpdateWork } from "../../pulumi/dynamic/handler";
import type { ReleasePolicy } from "../deletionPlan";
import { readOwnership } from "../ownership/ownership";
import { limitOf } from "../polling/timeouts";
import { retag, userTags } from "../tags/tags";
import { taggingOf } from "./createImage";
import { needed } from "./failedImage";
import type { ImageOptions } from "./options";
import { confirmImage, confirmImageAtEnd } from "./ownImages";
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
 *
 * @param whenGone called when there is no such image any more, also no failed one
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

/** Confirms an image that the state holds, and what was made for it. */
export async function confirmHeld<Image extends SeenImage>(
    id: string,
    service: ImageService<Image>,
    children: readonly string[] = [],
): Promise<void> {
    const ownership = readOwnership((await service.find(id))?.tags);
    if (ownership?.isPending) await confirmImage(service, { id, children, ownership });
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
    const { id, news, olds, identity } = work;
    const limit = limitOf(news.timeouts?.update, options.limit);
    const image = await needed(waitForImage(work, service, id, limit));
    await options.change?.(image);
    await retag({ found: image.tags, before: olds.tags, wanted: news.tags, ...taggingOf(service, id) });
    const count = news.keepVersions ?? 0;
    if (count < (olds.keepVersions ?? 0)) {
        const policy = whileLiving(news.onDelete);
        const recorded = olds.previousVersions ?? [];
        const keeps = recorded.slice(0, count);
        const areProtected = olds.deleteProtection;
        await pruneVersions(work, service, { identity, keeps, recorded, policy, limit, areProtected });
    }
    const ownership = readOwnership(image.tags);
    confirmImageAtEnd(work, service, { id, children: options.children ?? [], ownership });
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
    // An object that was replaced under keepVersions: 0 is no earlier version, whatever is declared now.
    const isKept = !isFinalDelete && count > 0 && (keeps === undefined || keeps.includes(id));
    if (isKept) await keepAsVersion(service, id, identity, options.children ?? []);
    if (isFinalDelete) await prune([id], policy);
    else if (keeps) await prune([id, ...keeps], whileLiving(policy));
    if (isKept) return;
    await releaseImage(work, service, id, { policy, children: options.children, limit });
}
