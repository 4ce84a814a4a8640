import { CloudError, UserError } from "../../clouds/errors";
import { GaveUp } from "../../clouds/patience";

/** Why an object is not deleted, and how to allow the deletion. */
export interface Blockade {
    /** "image m-bp1… (golden) in cn-hangzhou is still shared with ECS (not by this stack)". */
    why: string;
    /** An action outside the program: "remove the share in the console". */
    byHand?: string;
    /** The options that allow the deletion, as a program declares them: "onDelete: { unshare: true }". */
    options: readonly string[];
}

/** A deletion that is refused until an option of the resource allows it, or somebody removes the obstacle. */
export class BlockedDeletion extends UserError {
    constructor(readonly blockade: Blockade) {
        super(sentence(blockade, (options) => `set ${options} and run "pulumi up"`));
    }
}

function sentence({ why, byHand, options }: Blockade, advice: (options: string) => string): string {
    return `${why}: ${byHand === undefined ? "" : `${byHand}, or `}${advice(options.join(" or "))}`;
}

/** An object whose resource the running program does not declare. */
export interface UndeclaredObject {
    id: string;
    /** The URN that the state has now. */
    urn: string;
    /** Whether the state has several objects with this URN, for example one that waits for its deletion. */
    isAmbiguous: boolean;
}

/** The advice that makes an option of an undeclared resource take effect. */
const declaredFirst = (options: string) =>
    `declare the resource with ${options} and run "pulumi up" before you delete it again`;

/**
 * The error of a deletion whose resource is not declared any more. Setting an option is not enough then, so the error
 * names the commands that help. An error that no option resolves is returned unchanged.
 */
export function leavingError(error: unknown, object: UndeclaredObject): unknown {
    const toKeep = `to keep the object in the cloud, run ${stateDelete(object)}`;
    if (error instanceof BlockedDeletion) {
        return new UserError(`${sentence(error.blockade, declaredFirst)}; ${toKeep}`, { cause: error });
    }
    const isOutOfTime = error instanceof GaveUp || (error instanceof CloudError && error.gaveUp !== undefined);
    if (!isOutOfTime) return error;
    return new UserError(`${error.message}: ${declaredFirst("a longer timeouts.delete")}; ${toKeep}`, { cause: error });
}

/** If several objects have the URN, `pulumi state delete` asks which one, but only in a terminal. */
function stateDelete({ id, urn, isAmbiguous }: UndeclaredObject): string {
    const command = `"pulumi state delete ${quoted(urn)}"`;
    return isAmbiguous
        ? `${command} in a terminal and choose ${id}, because the state has several objects with that URN`
        : command;
}

/** Quotes for a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Why an object is not deleted. */
export function heldElsewhere(id: string, { stack, name }: { stack: string; name: string }): string {
    return `${id} is not deleted: it is also in the state of stack ${stack}, as ${name}. Delete it there`;
}
