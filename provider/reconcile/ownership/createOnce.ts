import { UserError } from "../../clouds/errors";
import { spoken } from "../../core/time";
import type { HandlerContext, ResourceIdentity } from "../../pulumi/dynamic/handler";
import { type Ownership, requestToken } from "./ownership";

/**
 * How many poll intervals an object must stay unknown to the cloud when it is addressed by its id before it counts as
 * deleted. A lookup that does not find it says nothing: clouds show new objects late.
 */
const intervalsUntilDeleted = 5;
/** How many failed orders of a replacement the cloud may remember: its owner is the same in every run. */
const mostOfReplacement = 10;

/** The token that one order bears. */
export interface OrderToken {
    readonly clientToken: string;
    /** An earlier run may have used the token, so that the cloud repeats its answer instead of creating anything. */
    readonly mayBeEarlier: boolean;
}

export interface CreateOnce {
    context: HandlerContext;
    identity: ResourceIdentity;
    ownership: Ownership;
    /** "instance", "image". */
    noun: string;
    /** All that the request sends. */
    sent: unknown;
    /** How long a new object may stay invisible, ms. */
    limit: number;
    /**
     * Asks for the object; the same token must give the same object. Undefined when the cloud remembers the token of a
     * request of an earlier run, which failed.
     */
    order: (token: OrderToken) => Promise<string | undefined>;
    /** Whether a lookup shows it. */
    isVisible: (id: string) => Promise<boolean>;
    /** Addresses the object in a call that changes nothing; false when the cloud says that there is none. */
    exists: (id: string) => Promise<boolean>;
    /** Keeps the id, whatever happens from now on; or forgets it. Without it, the next run finds the object by its tag. */
    checkpoint?: { set: (id: string) => void; clear: () => void };
}

/** Whose order it is. */
interface Turn {
    /** The owner id of a create; none for the order that all creates of the resource share. */
    readonly creation?: string;
    readonly attempt: number;
    readonly mayBeEarlier: boolean;
}

/**
 * The id of a new object, or of the one that an interrupted run has ordered already. Three kinds of tokens, in this
 * order:
 *
 * 1. That of the resource, the same in every run, so that a lost answer never makes a second object.
 * 2. Those of its interrupted creates, the oldest first. One of them may have ordered an object that no list shows yet.
 * 3. That of this create alone: the one further order that a create may give, when the cloud says of all others that
 *    their object does not exist, such as those of the resource's earlier lives, or that they failed.
 *
 * When the cloud says so of the last one, too, its id stays with the resource, so that no later run orders a third.
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
    throw new UserError(whyNoMore(options, missing));
}

async function* turnsOf({ holders }: HandlerContext, { urn, owner }: ResourceIdentity): AsyncGenerator<Turn> {
    yield { attempt: 0, mayBeEarlier: true };
    // The engine lists its pending operations the newest first, and keeps those of creates that have been resumed since.
    const { here } = await holders.unfinishedCreates(urn);
    const interrupted = here.flatMap((begun) => (begun.owner && begun.owner.id !== owner?.id ? [begun.owner.id] : []));
    for (const creation of new Set(interrupted.reverse())) yield { creation, attempt: 1, mayBeEarlier: true };
    const most = owner && owner.generation > 1 ? mostOfReplacement : 1;
    for (let attempt = 1; attempt <= most; attempt++) {
        yield { creation: owner?.id, attempt, mayBeEarlier: attempt < most };
    }
}

function whyNoMore({ noun }: CreateOnce, missing: readonly string[]): string {
    const named = missing.map((id) => `${noun} ${id}`).join(", ");
    return (
        `the cloud returned ${named}, but then reported that it does not exist. No other ${noun} is ordered. Look for it in the ` +
        `cloud's console. If it exists, run the same command again. If it was deleted, run "pulumi refresh", ` +
        'then "pulumi up"'
    );
}

/** Waits until a lookup shows the object; false when the cloud keeps saying that it does not exist. */
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
