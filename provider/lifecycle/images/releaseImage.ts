import type { Surroundings } from "../../dynamic/handler";
import { type Holdings, planRelease, type ReleasePolicy, release } from "../releaseOrder";
import { type Look, waitUntil } from "../waiting";
import { describeImage, type ImageService, type SeenImage } from "./service";

interface ReleaseOptions {
    policy: ReleasePolicy;
    /** Ids of what was made for the image, as the state holds them; undefined when there is none that tells. */
    children: readonly string[] | undefined;
    /** Whether servers may have been made from it. @default true */
    isUsable?: boolean;
    /** Milliseconds for each step. */
    limit: number;
}

/**
 * Lets an image go in the only order that the clouds accept: from live data, shares, the image, what was made for it.
 *
 * @returns false when it is kept because servers use it and the policy says so
 */
export async function releaseImage<Image extends SeenImage>(
    surroundings: Surroundings,
    service: ImageService<Image>,
    id: string,
    options: ReleaseOptions,
): Promise<boolean> {
    const attempt = async () => {
        const { steps, kept } = planRelease(await holdingsOf(surroundings, service, id, options), options.policy);
        if (kept) surroundings.warn(kept);
        await release(steps, surroundings.report);
        return kept === undefined;
    };
    try {
        return await attempt();
    } catch (error) {
        // Somebody shared the image between the look and the delete.
        if (!service.refusedAsShared?.(error)) throw error;
        return attempt();
    }
}

/** What stands between an image and its deletion, as the cloud shows it now. */
export async function holdingsOf<Image extends SeenImage>(
    surroundings: Surroundings,
    service: ImageService<Image>,
    id: string,
    { policy, children, isUsable = true, limit }: ReleaseOptions,
): Promise<Holdings> {
    const image = await service.find(id);
    const what = describeImage(service, id, image);
    const withChildren = policy.children !== "retain" && children?.length !== 0;
    const users = async () => {
        const seen = isUsable ? await service.find(id) : undefined;
        return seen ? service.users(seen) : [];
    };
    return {
        what,
        users: isUsable && image ? await service.users(image) : [],
        unused: () => waitUntilUnused(surroundings, { what, users, limit }),
        shares: image ? await service.shares(image) : [],
        deleteImage: () => deleteAndWait(surroundings, service, id, { what, withChildren, limit }),
        children: withChildren ? await service.children(image, children) : [],
    };
}

async function waitUntilUnused(
    surroundings: Surroundings,
    { what, users, limit }: { what: string; users: () => Promise<string[]>; limit: number },
): Promise<void> {
    const look = async (): Promise<Look<true>> => {
        const left = await users();
        return left.length === 0 ? { done: true } : { pending: `still used by ${left.join(", ")}` };
    };
    await waitUntil({ surroundings, what: `the end of the use of ${what}`, look, limit });
}

async function deleteAndWait(
    surroundings: Surroundings,
    service: ImageService,
    id: string,
    { what, withChildren, limit }: { what: string; withChildren: boolean; limit: number },
): Promise<void> {
    let isAsked = false;
    const look = async (): Promise<Look<true>> => {
        if (!(await service.find(id))) return { done: true };
        isAsked ||= await service.askForDeletion(id, { withChildren });
        return { pending: isAsked ? "deleting the image" : "waiting until the image can be deleted" };
    };
    await waitUntil({ surroundings, what: `the deletion of ${what}`, look, limit });
}
