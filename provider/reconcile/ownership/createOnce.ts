import { UserError } from "../../clouds/errors";
import { spoken } from "../../core/time";
import type { HandlerContext, ResourceIdentity } from "../../pulumi/dynamic/handler";
import { type Ownership, requestToken } from "./ownership";

/**
 * For how many poll intervals the cloud must answer "not found" to a call that addresses an object by its id before the
 * object counts as deleted. A lookup that does not find it proves nothing: clouds show new objects late.
 */
const intervalsUntilDeleted = 5;
/**
 * How many failed orders of a replacement the cloud may remember: the owner of a replacement is the same in every run.
 */
const mostOfReplacement = 10;

/** The client token of one order. */
export interface OrderToken {
    readonly clientToken: string;
    /** An earlier run may have used the token. The cloud then repeats its answer and creates nothing. */
    readonly mayBeEarlier: boolean;
}

export interface CreateOnce {
    context: HandlerContext;
    identity: ResourceIdentity;
    ownership: Ownership;
    /** "instance", "image". */
    noun: string;
    /** Everything that the request sends. */
    sent: unknown;
    /** How long a new object may be missing from lookups, ms. */
    limit: number;
    /**
     * Orders the object; the same token must return the same object. Undefined if the cloud remembers the token of an
     * earlier run's request, which failed.
     */
    order: (token: OrderToken) => Promise<string | undefined>;
    /** Whether a lookup shows the object. */
    isVisible: (id: string) => Promise<boolean>;
    /** Addresses the object in a call that changes nothing; false if the cloud answers that it does not exist. */
    exists: (id: string) => Promise<boolean>;
    /**
     * Records the id so that a later failure keeps it, or clears it. Without a checkpoint, the next run finds the
     * object by its tag.
     */
    checkpoint?: { set: (id: string) => void; clear: () => void };
}

/** Which token an order uses. */
interface Turn {
    /** The owner of a create; undefined for the token that all creates of the resource share. */
    readonly creation?: string;
    readonly attempt: number;
    readonly mayBeEarlier: boolean;
}

/**
 * Returns the id of a new object, or of the object that an interrupted run has already ordered. Tokens are tried in
 * this order:
 *
 * 1. The token of the resource. It is the same in every run, so a lost answer never creates a second object.
 * 2. The tokens of its interrupted creates, oldest first. One of them may have ordered an object that no list shows
 *    yet.
 * 3. The token of this create. It is used only if the cloud answers that the objects of all other tokens do not exist,
 *    for example because an earlier object of the resource was deleted, or that their orders failed.
 *
 * If the object of the last token does not exist either, the resource keeps its id, so that no later run orders a third
 * object.
 */
export async function createOnce(options: CreateOnce): Promise<string> {
    const { context, identity, ownership, sent, order, checkpoint } = options;
    const missing: string[] = [];
    for await (const { creation, attempt, mayBeEarlier } of turnsOf(context, identity)) {
        const clientToken = requestToken(ownership, [sent, creation], attempt);
        const id = await order({ clientToken, mayBeEarlier });
        if (id === undefined) continue;
        checkpoint?.set(id);
        if (await appears(id, options)) return id;
        missing.push(id);
        if (attempt > 0 && creation === identity.owner?.id) break;
        checkpoint?.clear();
    }
    throw new UserError(missingObjectsMessage(options, missing));
}

async function* turnsOf({ holders }: HandlerContext, { urn, owner }: ResourceIdentity): AsyncGenerator<Turn> {
    yield { attempt: 0, mayBeEarlier: true };
    // The engine lists its pending operations newest first, and keeps those of creates that were resumed since.
    const { here } = await holders.unfinishedCreates(urn);
    const interrupted = here.flatMap((begun) => (begun.owner && begun.owner.id !== owner?.id ? [begun.owner.id] : []));
    for (const creation of new Set(interrupted.reverse())) yield { creation, attempt: 1, mayBeEarlier: true };
    const most = owner && owner.generation > 1 ? mostOfReplacement : 1;
    for (let attempt = 1; attempt <= most; attempt++) {
        yield { creation: owner?.id, attempt, mayBeEarlier: attempt < most };
    }
}

function missingObjectsMessage({ noun }: CreateOnce, missing: readonly string[]): string {
    const named = missing.map((id) => `${noun} ${id}`).join(", ");
    return (
        `the cloud returned ${named}, but then reported that it does not exist. No other ${noun} is ordered. Look for it in the ` +
        `cloud's console. If it exists, run the same command again. If it was deleted, run "pulumi refresh", ` +
        'then "pulumi up"'
    );
}

/** Waits until a lookup shows the object; false if the cloud keeps answering that it does not exist. */
async function appears(id: string, options: CreateOnce): Promise<boolean> {
    const { context, noun, limit, isVisible, exists } = options;
    const { time, clouds, report } = context;
    const began = time.now();
    let missing = 0;
    for (;;) {
        if (await isVisible(id)) return true;
        missing = (await exists(id)) ? 0 : missing + 1;
        if (missing >= intervalsUntilDeleted) return false;
        if (time.now() - began >= limit) {
            throw new UserError(
                `${noun} ${id} was ordered, but the cloud does not show it after ${spoken(limit)}. ` +
                    "Run the same command again to continue waiting, or increase timeouts. " +
                    `No second ${noun} is ordered`,
            );
        }
        report(`waiting for ${noun} ${id} to appear`);
        await time.sleep(clouds.pollMs);
    }
}
