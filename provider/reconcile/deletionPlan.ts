import { type Blockade, BlockedDeletion } from "../pulumi/dynamic/deletionErrors";

/** A dependent that blocks a deletion. */
export interface Obstacle {
    kind: "in use" | "shared" | "source";
    /** "still used by server s-1 (web)" */
    reason: string;
}

/** An image cannot be deleted yet because of the dependents that it names. */
export class StillNeeded extends BlockedDeletion {
    constructor(
        blockade: Blockade,
        readonly obstacles: readonly Obstacle[],
    ) {
        super(blockade);
    }
}

/** A recipient of an image. */
export interface Share {
    /** For messages: "ECS", "account 1000000000000002", "project 0b1e…". */
    recipient: string;
    /** In the cloud's own words, if recipients must accept: "pending", "accepted" or "rejected". */
    state?: string;
    /** An interrupted create of this stack created it, so it is removed without `unshare`. */
    isOwn?: boolean;
    /** Removes the share; succeeds if it does not exist. */
    remove: () => Promise<void>;
}

/** A child of an image, which is deleted with it, such as its snapshot. */
export interface Child {
    /** "snapshot s-bp1…" */
    what: string;
    /** Set if the cloud can tag it. */
    id?: string;
    /** Succeeds if it does not exist. */
    remove: () => Promise<void>;
}

/** The dependents of an image, as they are in the cloud now. */
export interface Dependents {
    /** "image m-bp1… (web-golden) in cn-hangzhou". */
    what: string;
    /** The existing servers that were created from it: "instance i-bp1… (web)". */
    users: string[];
    /** Waits until no server that was created from it exists. */
    unused: () => Promise<void>;
    shares: Share[];
    /** Deletes the image itself; succeeds if it does not exist. */
    deleteImage: () => Promise<void>;
    /** Deleted after the image, in this order. */
    children: Child[];
    /** Other images that were created from its children: "image m-2 (web)". */
    childUsers?: string[];
}

/** What to do with dependents when the image is deleted. */
export interface ReleasePolicy {
    /** Remove shares that this stack did not create. @default false */
    unshare?: boolean;
    /** What happens to the children of the image. @default "delete" */
    children?: "delete" | "retain";
    /** What happens while servers that were created from the image exist. @default "block" */
    ifInUse?: "block" | "wait" | "retain";
}

/** One step of a deletion plan. */
export interface ReleaseStep {
    what: string;
    run: () => Promise<void>;
}

export interface ReleasePlan {
    steps: ReleaseStep[];
    /** Why the image is kept, if the policy retains it. */
    kept?: string;
}

/**
 * Plans the deletion in the order that the clouds require: servers, shares, the image, its children. This stack's own
 * shares are deleted before the image. A share that still exists then was created by somebody else, and blocks the
 * deletion unless the policy removes it. A server that was created from the image also blocks it, because the server
 * could not be reset any more.
 *
 * @throws StillNeeded that names all dependents that block the deletion
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

const adviceByKind = {
    "in use": { note: "", byHand: "replace or delete those servers first" },
    shared: { note: " (not by this stack)", byHand: "remove the share in the console" },
    source: { note: "", byHand: "delete the image that was created from it first" },
};

function blockadeOf(what: string, obstacles: readonly Obstacle[]): Blockade {
    const has = (wanted: Obstacle["kind"]) => obstacles.some(({ kind }) => kind === wanted);
    const rest = [...(has("shared") ? ["unshare: true"] : []), ...(has("source") ? ['children: "retain"'] : [])];
    // An image that is retained because it is in use stays shared.
    const choices = has("in use") ? [['ifInUse: "wait"', ...rest], ['ifInUse: "retain"']] : [rest];
    return {
        why: `${what} is ${obstacles.map(({ kind, reason }) => reason + adviceByKind[kind].note).join(", and ")}`,
        byHand: obstacles.map(({ kind }) => adviceByKind[kind].byHand).join(" and "),
        options: choices.map((settings) => `onDelete: { ${settings.join(", ")} }`),
    };
}

/** Runs the steps in order, and reports each. */
export async function release(steps: ReleaseStep[], report: (message: string) => void): Promise<void> {
    for (const step of steps) {
        report(step.what);
        await step.run();
    }
}
