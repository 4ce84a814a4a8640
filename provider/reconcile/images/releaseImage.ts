import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { type Dependents, planRelease, type ReleasePolicy, release, StillNeeded } from "../deletionPlan";
import { readOwnership } from "../ownership/ownership";
import { type PollResult, waitUntil } from "../polling/waiting";
import { removeBegunShares } from "../shares/begunShares";
import { confirmChildren } from "./confirmChildren";
import { describeImage, type ImageService, type SeenImage, type SeenShare } from "./service";

/** How many times dependents are checked before they block a deletion. */
const mostPolls = 3;

interface ReleaseOptions {
    policy: ReleasePolicy;
    /** Ids of the image's children as the state holds them; undefined if no state tells. */
    children: readonly string[] | undefined;
    /** Whether servers may have been created from it. @default true */
    isUsable?: boolean;
    /**
     * Returns the shares that this deletion may remove without `unshare`.
     * @default determined when shares block the deletion
     */
    ownShares?: (shares: readonly SeenShare[]) => Promise<readonly SeenShare[]>;
    /** Milliseconds for each step. */
    limit: number;
}

/**
 * Deletes an image in the order that the clouds require, from live data: shares, the image, its children. If servers
 * use the image and the policy is to retain it, the image is kept and a warning is shown.
 */
export async function releaseImage<Image extends SeenImage>(
    context: HandlerContext,
    service: ImageService<Image>,
    id: string,
    options: ReleaseOptions,
): Promise<void> {
    const { policy, children = [] } = options;
    if (policy.children === "retain" && children.length > 0) await confirmRetainedChildren(service, id, children);
    const attempt = async () => {
        const { steps, kept } = planRelease(await dependentsOf(context, service, id, options), policy);
        if (kept) context.warn(kept);
        await release(steps, context.report);
    };
    const { holders, time, clouds, report } = context;
    const afterBegunShares = () =>
        attempt().catch(async (error: unknown) => {
            const isOnlyShared = error instanceof StillNeeded && error.obstacles.every(({ kind }) => kind === "shared");
            if (!isOnlyShared || !(await removeBegunShares(context, service, id))) throw error;
            await attempt();
        });
    const afterDepartingDependents = () =>
        afterBegunShares().catch(async (error: unknown) => {
            if (!(error instanceof StillNeeded)) throw error;
            report("waiting for dependents that this run deletes");
            if (!(await holders.departed({ name: "image", value: id }, time, clouds.pollMs))) throw error;
            await afterBegunShares();
        });
    await retryUntilListed(context, service, afterDepartingDependents);
}

/** Confirms ownership of retained children, so that they do not look like objects of an interrupted run. */
async function confirmRetainedChildren(service: ImageService, id: string, children: readonly string[]): Promise<void> {
    const ownership = readOwnership((await service.find(id))?.tags);
    if (ownership?.isPending) await confirmChildren(service, children, ownership);
}

/** Repeats an attempt that may have failed because of a lagging list, each time with fresh data. */
export async function retryUntilListed(
    { time, clouds }: HandlerContext,
    service: ImageService,
    attempt: () => Promise<void>,
): Promise<void> {
    for (let poll = 1; ; poll++) {
        try {
            return await attempt();
        } catch (error) {
            // Lists show deleted objects for a short time, and new objects late.
            const mayHaveLagged = error instanceof StillNeeded || service.refusedUnseen?.(error);
            if (!mayHaveLagged || poll >= mostPolls) throw error;
            await time.sleep(clouds.pollMs);
        }
    }
}

/** The dependents of an image, as the cloud shows them now. */
export async function dependentsOf<Image extends SeenImage>(
    context: HandlerContext,
    service: ImageService<Image>,
    id: string,
    { policy, children, isUsable = true, limit, ownShares = async () => [] }: ReleaseOptions,
): Promise<Dependents> {
    const image = await present(service, id);
    const what = describeImage(service, id, image);
    const withChildren = policy.children !== "retain" && children?.length !== 0;
    const shares = image ? await service.shares(image) : [];
    const own = await ownShares(shares);
    const found = withChildren ? await service.children(image, children) : [];
    const ids = found.flatMap((child) => child.id ?? []);
    const usersOfChildren = ids.length > 0 ? ((await service.usersOfChildren?.(id, ids)) ?? []) : [];
    const users = async () => {
        const seen = isUsable ? await service.find(id) : undefined;
        return seen ? usersOf(service, seen) : [];
    };
    return {
        what,
        users: isUsable && image ? await usersOf(service, image) : [],
        unused: () => waitUntilUnused(context, { what, users, limit }),
        shares: shares.map((share) => (own.includes(share) ? { ...share, isOwn: true } : share)),
        deleteImage: () => deleteAndWait(context, service, id, { what, withChildren, limit }),
        children: found,
        childUsers: usersOfChildren.filter((user) => !context.holders.isDeletedHere(user.id)).map((user) => user.what),
    };
}

/** The image, also if lists do not show it yet. */
async function present<Image extends SeenImage>(service: ImageService<Image>, id: string): Promise<Image | undefined> {
    return (await service.find(id)) ?? service.findUnlisted?.(id);
}

async function usersOf<Image extends SeenImage>(service: ImageService<Image>, image: Image): Promise<string[]> {
    return (await service.users(image)).map(({ what }) => what);
}

async function waitUntilUnused(
    context: HandlerContext,
    { what, users, limit }: { what: string; users: () => Promise<string[]>; limit: number },
): Promise<void> {
    const poll = async (): Promise<PollResult<true>> => {
        const left = await users();
        return left.length === 0 ? { done: true } : { pending: `still used by ${left.join(", ")}` };
    };
    await waitUntil({ context, what: `servers to stop using ${what}`, poll, limit });
}

async function deleteAndWait(
    context: HandlerContext,
    service: ImageService,
    id: string,
    { what, withChildren, limit }: { what: string; withChildren: boolean; limit: number },
): Promise<void> {
    let isAsked = false;
    const poll = async (): Promise<PollResult<true>> => {
        isAsked ||= await service.askForDeletion(id, { withChildren });
        if (!(await present(service, id))) return { done: true };
        return { pending: isAsked ? "deleting the image" : "waiting until the image can be deleted" };
    };
    const { asks } = service;
    await waitUntil({ context, what: `the deletion of ${what}`, poll, limit, asks });
}
