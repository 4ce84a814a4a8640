import { type Blockade, BlockedDeletion } from "../pulumi/dynamic/deletionErrors";

/** Something that stands in the way of a release. */
export interface Obstacle {
    kind: "in use" | "shared" | "source";
    /** "still used by server s-1 (web)" */
    reason: string;
}

/** An image cannot go yet, for what it names. */
export class StillNeeded extends BlockedDeletion {
    constructor(
        blockade: Blockade,
        readonly obstacles: readonly Obstacle[],
    ) {
        super(blockade);
    }
}

/** Somebody who sees an image. */
export interface Share {
    /** As the user knows it: "ECS", "account 1000000000000002", "project 0b1e…". */
    recipient: string;
    /** In the cloud's own words, where a recipient has to accept: "pending", "accepted" or "rejected". */
    state?: string;
    /** An interrupted create of this stack made it: it is removed without being asked. */
    isOwn?: boolean;
    /** Takes the share away; succeeds when it is gone already. */
    remove: () => Promise<void>;
}

/** What was made for an image and goes with it, such as its snapshot. */
export interface Child {
    /** "snapshot s-bp1…" */
    what: string;
    /** Where the cloud has tags for it. */
    id?: string;
    /** Succeeds when it is gone already. */
    remove: () => Promise<void>;
}

/** What stands between an image and its deletion, as it is in the cloud right now. */
export interface Dependents {
    /** "image m-bp1… (web-golden) in cn-hangzhou". */
    what: string;
    /** The servers made from it that are still there: "instance i-bp1… (web)". */
    users: string[];
    /** Waits until no server that was made from it is left. */
    unused: () => Promise<void>;
    shares: Share[];
    /** Deletes the image itself; succeeds when it is gone already. */
    deleteImage: () => Promise<void>;
    /** Deleted after the image, in this order. */
    children: Child[];
    /** Other images that were created from its children: "image m-2 (web)". */
    childUsers?: string[];
}

/** What the user wants done with what is in the way. */
export interface ReleasePolicy {
    /** Take away shares that were not made by this stack. @default false */
    unshare?: boolean;
    /** What happens to what was made for the image. @default "delete" */
    children?: "delete" | "retain";
    /** What happens while servers made from the image are there. @default "block" */
    ifInUse?: "block" | "wait" | "retain";
}

/** One step of a release, in the order in which the clouds accept them. */
export interface ReleaseStep {
    what: string;
    run: () => Promise<void>;
}

export interface ReleasePlan {
    steps: ReleaseStep[];
    /** Why the image stays, when the policy says that it does. */
    kept?: string;
}

/**
 * The only order in which an image can go: its users, shares, the image, then what it was made from. A share that is
 * still there when its image goes was made by somebody else, because this stack's own shares go before: it stops the
 * release unless the policy says to take it away. So does a server made from it: it could not be reset any more.
 *
 * @throws StillNeeded that names all that is in the way
 */
export function planRelease(dependents: Dependents, policy: ReleasePolicy = {}): ReleasePlan {
    const { what, users, shares } = dependents;
    const foreign = shares.filter(({ isOwn }) => !isOwn);
    const ifInUse = policy.ifInUse ?? "block";
    if (users.length > 0 && ifInUse === "retain") {
        return { steps: [], kept: `${what} is kept, because it is still used by ${users.join(", ")}` };
    }
    const obstacles: Obstacle[] = [
        ...(users.length > 0 && ifInUse === "block"
            ? [{ kind: "in use" as const, reason: `still used by ${users.join(", ")}` }]
            : []),
        ...(foreign.length > 0 && !policy.unshare
            ? [
                  {
                      kind: "shared" as const,
                      reason: `still shared with ${foreign.map(({ recipient }) => recipient).join(", ")}`,
                  },
              ]
            : []),
    ];
    const { childUsers = [], children } = dependents;
    if (childUsers.length > 0) {
        const through = children.map((child) => child.what).join(", ");
        obstacles.push({ kind: "source", reason: `the source of ${childUsers.join(", ")}, through ${through}` });
    }
    if (obstacles.length > 0) throw new StillNeeded(blockadeOf(what, obstacles), obstacles);
    return {
        steps: [
            ...(users.length > 0 ? [{ what: "waiting until no server uses the image", run: dependents.unused }] : []),
            ...shares.map((share) => ({ what: `unsharing from ${share.recipient}`, run: share.remove })),
            { what: "deleting the image", run: dependents.deleteImage },
            ...dependents.children.map((child) => ({ what: `deleting ${child.what}`, run: child.remove })),
        ],
    };
}

const inTheWay = {
    "in use": { note: "", byHand: "replace or delete what uses it first" },
    shared: { note: ", and not by this stack", byHand: "remove the share in the console" },
    source: { note: "", byHand: "delete the image that was created from it first" },
};

function blockadeOf(what: string, obstacles: readonly Obstacle[]): Blockade {
    const has = (wanted: Obstacle["kind"]) => obstacles.some(({ kind }) => kind === wanted);
    const rest = [...(has("shared") ? ["unshare: true"] : []), ...(has("source") ? ['children: "retain"'] : [])];
    // What is kept because it is in use stays shared.
    const choices = has("in use") ? [['ifInUse: "wait"', ...rest], ['ifInUse: "retain"']] : [rest];
    return {
        why: `${what} is ${obstacles.map(({ kind, reason }) => reason + inTheWay[kind].note).join(", and ")}`,
        byHand: obstacles.map(({ kind }) => inTheWay[kind].byHand).join(" and "),
        options: choices.map((settings) => `onDelete: { ${settings.join(", ")} }`),
    };
}

/** Takes the steps one after the other, telling each. */
export async function release(steps: ReleaseStep[], report: (message: string) => void): Promise<void> {
    for (const step of steps) {
        report(step.what);
        await step.run();
    }
}
