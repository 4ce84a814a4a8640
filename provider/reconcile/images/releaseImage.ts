import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { type Dependents, planRelease, type ReleasePolicy, release, StillNeeded } from "../deletionPlan";
import { readOwnership } from "../ownership/ownership";
import { type PollResult, waitUntil } from "../polling/waiting";
import { removeBegunShares } from "../shares/begunShares";
import { confirmChildren } from "./confirmChildren";
import { describeImage, type ImageService, type SeenImage, type SeenShare } from "./service";

/** How often what is in the way of a deletion is looked at before it counts. */
const mostPolls = 3;

interface ReleaseOptions {
    policy: ReleasePolicy;
    /** Ids of what was made for the image, as the state holds them; undefined when there is none that tells. */
    children: readonly string[] | undefined;
    /** Whether servers may have been made from it. @default true */
    isUsable?: boolean;
    /** Which shares the release removes without being asked. @default found out when they are in the way */
    ownShares?: (shares: readonly SeenShare[]) => Promise<readonly SeenShare[]>;
    /** Milliseconds for each step. */
    limit: number;
}

/**
 * Lets an image go in the only order that the clouds accept: from live data, shares, the image, what was made for it.
 * It is kept, with a warning, when servers use it and the policy says so.
 */
export async function releaseImage<Image extends SeenImage>(
    context: HandlerContext,
    service: ImageService<Image>,
    id: string,
    options: ReleaseOptions,
): Promise<void> {
    const { policy, children = [] } = options;
    if (policy.children === "retain" && children.length > 0) await letStay(service, id, children);
    const attempt = async () => {
        const { steps, kept } = planRelease(await dependentsOf(context, service, id, options), policy);
        if (kept) context.warn(kept);
        await release(steps, context.report);
    };
    const { holders, time, clouds, report } = context;
    const withoutBegunShares = () =>
        attempt().catch(async (error: unknown) => {
            const isOnlyShared = error instanceof StillNeeded && error.obstacles.every(({ kind }) => kind === "shared");
            if (!isOnlyShared || !(await removeBegunShares(context, service, id))) throw error;
            await attempt();
        });
    const withoutDeparting = () =>
        withoutBegunShares().catch(async (error: unknown) => {
            if (!(error instanceof StillNeeded)) throw error;
            report("waiting for what the same run deletes");
            if (!(await holders.departed({ name: "image", value: id }, time, clouds.pollMs))) throw error;
            await withoutBegunShares();
        });
    await lookedAtAgain(context, service, withoutDeparting);
}

/** What stays behind must not look like something that an interrupted run was about to use. */
async function letStay(service: ImageService, id: string, children: readonly string[]): Promise<void> {
    const ownership = readOwnership((await service.find(id))?.tags);
    if (ownership?.isPending) await confirmChildren(service, children, ownership);
}

/** Takes what may have been refused because of a list that lags a few times, with a fresh look each time. */
export async function lookedAtAgain(
    { time, clouds }: HandlerContext,
    service: ImageService,
    attempt: () => Promise<void>,
): Promise<void> {
    for (let poll = 1; ; poll++) {
        try {
            return await attempt();
        } catch (error) {
            // What was deleted is still in lists for a moment, and what was made is not yet.
            const mayHaveLagged = error instanceof StillNeeded || service.refusedUnseen?.(error);
            if (!mayHaveLagged || poll >= mostPolls) throw error;
            await time.sleep(clouds.pollMs);
        }
    }
}

/** What stands between an image and its deletion, as the cloud shows it now. */
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
    const made = withChildren ? await service.children(image, children) : [];
    const ids = made.flatMap((child) => child.id ?? []);
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
        children: made,
        childUsers: usersOfChildren.filter((user) => !context.holders.isDeletedHere(user.id)).map((user) => user.what),
    };
}

/** The image, also while lists do not show it yet. */
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
    await waitUntil({ context, what: `the end of the use of ${what}`, poll, limit });
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
