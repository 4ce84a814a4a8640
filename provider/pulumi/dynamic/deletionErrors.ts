import { CloudError, UserError } from "../../clouds/errors";
import { GaveUp } from "../../clouds/patience";

/** Why an object is not deleted, and what clears it. */
export interface Blockade {
    /** "image m-bp1… (golden) in cn-hangzhou is still shared with ECS, and not by this stack". */
    why: string;
    /** What a person can do without the program: "remove the share in the console". */
    byHand?: string;
    /** The options that let the deletion pass, each as a program has it: "onDelete: { unshare: true }". */
    options: readonly string[];
}

/** A deletion that is refused until an option of the resource allows it, or somebody clears the way. */
export class BlockedDeletion extends UserError {
    constructor(readonly blockade: Blockade) {
        super(sentence(blockade, (options) => `set ${options} and run "pulumi up"`));
    }
}

function sentence({ why, byHand, options }: Blockade, advice: (options: string) => string): string {
    return `${why}: ${byHand === undefined ? "" : `${byHand}, or `}${advice(options.join(" or "))}`;
}

/** An object whose resource is not declared by the running program. */
export interface LeavingObject {
    id: string;
    /** As the state has it now. */
    urn: string;
    /** Whether the state has further objects under the URN, such as one that waits for its deletion. */
    isAmbiguous: boolean;
}

/** What makes an option of a resource that is about to be deleted take effect. */
const declaredFirst = (options: string) =>
    `declare the resource with ${options} and run "pulumi up" before you delete it again`;

/**
 * The error of a deletion whose resource is not declared any more: to set an option is no advice by itself then, so it
 * names the commands that help. What no option clears stays as it is.
 */
export function leavingError(error: unknown, object: LeavingObject): unknown {
    const alone = `to leave the object alone, run ${stateDelete(object)}`;
    if (error instanceof BlockedDeletion) {
        return new UserError(`${sentence(error.blockade, declaredFirst)}; ${alone}`, { cause: error });
    }
    const isOutOfTime = error instanceof GaveUp || (error instanceof CloudError && error.gaveUp !== undefined);
    if (!isOutOfTime) return error;
    return new UserError(`${error.message}: ${declaredFirst("a longer timeouts.delete")}; ${alone}`, { cause: error });
}

/** The engine asks which object is meant when there are several, but only in a terminal. */
function stateDelete({ id, urn, isAmbiguous }: LeavingObject): string {
    const command = `"pulumi state delete ${quoted(urn)}"`;
    return isAmbiguous
        ? `${command} in a terminal and choose ${id}, because the state has several objects of that URN`
        : command;
}

/** For a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Why an object is not deleted. */
export function heldElsewhere(id: string, { stack, name }: { stack: string; name: string }): string {
    return `${id} is not deleted: it is also in the state of stack ${stack}, as ${name}. Delete it there`;
}
