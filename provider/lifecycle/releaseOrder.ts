import { UserError } from "../clouds/errors";

/** Somebody who sees an image. */
export interface Share {
    /** As the user knows it: "ECS", "account 1000000000000002", "project 0b1e…". */
    recipient: string;
    /** Takes the share away; succeeds when it is gone already. */
    remove: () => Promise<void>;
}

/** What stands between an image and its deletion, as it is in the cloud right now. */
export interface Holdings {
    /** "image m-bp1… (web-golden) in cn-hangzhou". */
    what: string;
    shares: Share[];
    /** Deletes the image itself; succeeds when it is gone already. */
    deleteImage: () => Promise<void>;
    /** What was made for the image and goes with it, such as its snapshot: deleted after it, in this order. */
    children: { what: string; remove: () => Promise<void> }[];
}

/** What the user wants done with what is in the way. */
export interface ReleasePolicy {
    /** Take away shares that were not made by this stack. @default false */
    unshare?: boolean;
}

/** One step of a release, in the order in which the clouds accept them. */
export interface ReleaseStep {
    what: string;
    run: () => Promise<void>;
}

/**
 * The only order in which an image can go: shares, then the image, then what it was made from. A share that is still
 * there when its image goes was made by somebody else, because this stack's own shares go before: it stops the
 * release unless the policy says to take it away.
 */
export function planRelease(holdings: Holdings, policy: ReleasePolicy = {}): ReleaseStep[] {
    if (holdings.shares.length > 0 && !policy.unshare) {
        const recipients = holdings.shares.map((share) => share.recipient).join(", ");
        throw new UserError(
            `${holdings.what} is still shared with ${recipients}, and not by this stack: ` +
                "take the share away in the console, or set onDelete: { unshare: true } and run up before the delete",
        );
    }
    return [
        ...holdings.shares.map((share) => ({ what: `unsharing from ${share.recipient}`, run: share.remove })),
        { what: "deleting the image", run: holdings.deleteImage },
        ...holdings.children.map((child) => ({ what: `deleting ${child.what}`, run: child.remove })),
    ];
}

/** Takes the steps one after the other, telling each. */
export async function release(steps: ReleaseStep[], report: (message: string) => void): Promise<void> {
    for (const step of steps) {
        report(step.what);
        await step.run();
    }
}
