import type { Owner } from "../inventory/status";
import type { Obstacle } from "../reconcile/deletionPlan";
import type { SeenImage } from "../reconcile/images/service";

/** Something that blocks the deletion, and how to resolve it. */
export interface Block {
    reason: string;
    advice: string;
}

/** The deletion plan that the command prints first. */
export interface ShownPlan {
    /** "image m-bp1… (web-golden) in cn-hangzhou" */
    what: string;
    /** Id of the image; undefined if the image itself was already deleted. */
    image?: string;
    steps: string[];
    kept?: string;
    blockedBy: Block[];
}

const adviceOf: Record<Obstacle["kind"], string> = {
    "in use": "replace or delete these servers first, or set --if-in-use wait or --if-in-use retain",
    shared: "ask the creator of the share to delete it, or set --unshare",
    source: "delete the image that was created from it first, or set --keep-children",
};

/** Everything that blocks the deletion, in one list. */
export function blocksOf(release: {
    obstacles: readonly Obstacle[];
    owner: Owner | undefined;
    image: SeenImage & { protected?: boolean };
    /** Whether an image that a stack owns may be deleted. */
    isForced: boolean;
    /** Whether the state of a stack was read. */
    isStateRead: boolean;
}): Block[] {
    const { obstacles, owner, image, isForced, isStateRead } = release;
    return [
        ...(image.protected
            ? [{ reason: "protected by the cloud", advice: "disable the protection in the console first" }]
            : []),
        ...(owner && !isForced ? [blockOfOwner(owner, isStateRead)] : []),
        ...obstacles.map(({ kind, reason }) => ({ reason, advice: adviceOf[kind] })),
    ];
}

const orForce = "or set --even-if-managed; the next refresh of the stack then removes it from the state";

function blockOfOwner({ holder, isPending }: Owner, isStateRead: boolean): Block {
    if (!holder && isStateRead && !isPending) {
        return {
            reason: "created by a stack (tag pulumi-machine-images), and no state that can be read here holds it",
            advice:
                'set --even-if-managed if it was removed from its state, for example with "pulumi state delete", ' +
                "and no stack on another machine holds it",
        };
    }
    if (!holder) {
        const creator = isPending ? "created by a stack whose run may still be in progress" : "created by a stack";
        return {
            reason: `${creator} (tag pulumi-machine-images), and no state that this machine can read holds it`,
            advice: `delete the resource in its program, ${orForce}`,
        };
    }
    const { stack, resource, isProtected } = holder;
    const protection = isProtected ? ", with deleteProtection" : "";
    return {
        reason: `in the state of stack ${stack} as ${resource}${protection}`,
        advice: `delete ${resource} in its program and run "pulumi up", ${orForce}`,
    };
}

/** The plan as text. */
export function textOf({ what, steps, kept, blockedBy }: ShownPlan): string {
    if (blockedBy.length > 0) {
        const rows = blockedBy.map(({ reason, advice }) => `  ${reason}: ${advice}\n`);
        return `cannot delete ${what}:\n${rows.join("")}`;
    }
    if (kept !== undefined) return `${kept}\n`;
    const rows = steps.map((step, index) => `  ${index + 1}. ${step}\n`);
    return `deletion plan for ${what}:\n${rows.join("")}`;
}
