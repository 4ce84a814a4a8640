import type { Owner } from "../inventory/status";
import type { Obstacle } from "../reconcile/deletionPlan";
import type { SeenImage } from "../reconcile/images/service";

/** Something that keeps a release from beginning, and what to do about it. */
export interface Block {
    reason: string;
    advice: string;
}

/** A release as it is shown before it begins. */
export interface ShownPlan {
    /** "image m-bp1… (web-golden) in cn-hangzhou" */
    what: string;
    /** Its id; absent when the image itself is gone already. */
    image?: string;
    steps: string[];
    kept?: string;
    blockedBy: Block[];
}

const adviceOf: Record<Obstacle["kind"], string> = {
    "in use": "replace or delete what uses it first, or give --if-in-use wait or --if-in-use retain",
    shared: "have who made the share take it away, or give --unshare",
    source: "delete the image that was created from it first, or give --keep-children",
};

/** All that is in the way at once, so that nobody has to try again and again. */
export function blocksOf(release: {
    obstacles: readonly Obstacle[];
    owner: Owner | undefined;
    image: SeenImage & { protected?: boolean };
    /** Whether what a stack has may go. */
    isForced: boolean;
    /** Whether the state of a stack was read. */
    isStateRead: boolean;
}): Block[] {
    const { obstacles, owner, image, isForced, isStateRead } = release;
    return [
        ...(image.protected
            ? [{ reason: "protected by the cloud", advice: "end its protection in the console first" }]
            : []),
        ...(owner && !isForced ? [blockOfOwner(owner, isStateRead)] : []),
        ...obstacles.map(({ kind, reason }) => ({ reason, advice: adviceOf[kind] })),
    ];
}

function blockOfOwner({ holder, isPending }: Owner, isStateRead: boolean): Block {
    if (!holder && isStateRead && !isPending) {
        return {
            reason: "created by a stack (its tag pulumi-machine-images says so), and in no state that can be read here",
            advice:
                'give --even-if-managed if it was removed from its state, for example with "pulumi state delete", ' +
                "and no stack of another machine holds it",
        };
    }
    if (!holder) {
        const whose = isPending ? "made by a stack whose run may still be under way" : "made by a stack";
        return {
            reason: `${whose}, of which this machine knows no state (its tag pulumi-machine-images says so)`,
            advice: "delete the resource in its program, or give --even-if-managed: the stack's next refresh finds it gone",
        };
    }
    const { stack, resource, isProtected } = holder;
    const protection = isProtected ? ", protected from deletion there" : "";
    return {
        reason: `in the state of stack ${stack} as ${resource}${protection}`,
        advice: `delete ${resource} in its program and run up, or give --even-if-managed: the stack's next refresh finds it gone`,
    };
}

/** The plan for people. */
export function textOf({ what, steps, kept, blockedBy }: ShownPlan): string {
    if (blockedBy.length > 0) {
        const rows = blockedBy.map(({ reason, advice }) => `  ${reason}: ${advice}\n`);
        return `${what} cannot be released:\n${rows.join("")}`;
    }
    if (kept !== undefined) return `${kept}\n`;
    const rows = steps.map((step, index) => `  ${index + 1}. ${step}\n`);
    return `release of ${what}:\n${rows.join("")}`;
}
