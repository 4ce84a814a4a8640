import { UserError } from "../clouds/errors";
import { spoken } from "../clouds/time";
import type { Origin, Surroundings } from "../dynamic/handler";
import { type Ownership, requestToken } from "./ownership";

/**
 * How many poll intervals an object must stay unknown to the cloud when it is addressed by its id before it counts as
 * deleted. A lookup that does not find it says nothing: clouds show new objects late.
 */
const intervalsUntilDeleted = 5;
/** How many orders the cloud may remember that came to nothing, in the 24 h for which it remembers tokens. */
const mostTokens = 50;
/** The first order, and one more when its object was deleted. */
const mostObjects = 2;

export interface CreateOnce {
    surroundings: Surroundings;
    origin: Origin;
    ownership: Ownership;
    /** "instance", "image". */
    noun: string;
    /** All that the request sends. */
    sent: unknown;
    /** How long a new object may stay invisible, ms. */
    limit: number;
    /**
     * Asks for the object; the same token must give the same object. Undefined when the cloud remembers the token of a
     * request that came to nothing.
     */
    order: (token: string, attempt: number) => Promise<string | undefined>;
    /** Whether a lookup shows it. */
    isVisible: (id: string) => Promise<boolean>;
    /** Addresses the object in a call that changes nothing; false when the cloud says that there is none. */
    exists: (id: string) => Promise<boolean>;
    /** Keeps the id, whatever happens from now on; or forgets it. */
    checkpoint?: { set: (id: string) => void; clear: () => void };
}

/**
 * The id of a new object, or of the one that an interrupted run has ordered already: the token of the first order is the
 * same in every run, so that a lost answer never makes a second object. When the cloud says that its object does not
 * exist, such as that of a resource of this name that was deleted, one more is ordered, with a token of this create
 * alone. An object of that order that does not exist either is no reason for a third.
 */
export async function createOnce(options: CreateOnce): Promise<string> {
    const { surroundings, origin, ownership, sent, order, noun, checkpoint } = options;
    const missing: string[] = [];
    for (let attempt = 0; attempt < mostTokens && missing.length < mostObjects; attempt++) {
        const creation = attempt === 0 ? undefined : await creationOf(surroundings, origin);
        const id = await order(requestToken(ownership, [sent, creation], attempt), attempt);
        if (id === undefined) continue;
        checkpoint?.set(id);
        if (await appears(id, options)) return id;
        checkpoint?.clear();
        missing.push(id);
    }
    if (missing.length === 0) {
        throw new UserError(
            `the cloud remembers ${mostTokens} failed orders of the ${noun}: wait until it has forgotten them (24 hours)`,
        );
    }
    throw new UserError(
        `the cloud returned ${missing.map((id) => `${noun} ${id}`).join(", ")}, and then said that it does not exist. ` +
            "No other one is ordered. Look for it in the console of the cloud: if it is there, run the same command " +
            "again; if it was deleted, wait 24 hours or rename the resource",
    );
}

/** Tells this create from those of earlier resources of this name; the same when it goes on after an interruption. */
async function creationOf({ holders }: Surroundings, { urn, owner }: Origin): Promise<string | undefined> {
    const { here } = await holders.unfinishedCreates(urn);
    return here.find((begun) => begun.owner && begun.owner.id !== owner?.id)?.owner?.id ?? owner?.id;
}

/** Waits until a lookup shows the object; false when the cloud keeps saying that it does not exist. */
async function appears(id: string, options: CreateOnce): Promise<boolean> {
    const { surroundings, noun, limit, isVisible, exists } = options;
    const { time, clouds, report } = surroundings;
    const began = time.now();
    let missing = 0;
    for (;;) {
        if (await isVisible(id)) return true;
        missing = (await exists(id)) ? 0 : missing + 1;
        if (missing >= intervalsUntilDeleted) return false;
        if (time.now() - began >= limit) {
            throw new UserError(
                `${noun} ${id} was ordered, and the cloud does not show it after ${spoken(limit)}: ` +
                    "run the same command again to go on waiting, or allow more time with timeouts. " +
                    "No second one is ordered",
            );
        }
        report(`waiting for ${noun} ${id} to appear`);
        await time.sleep(clouds.pollMs);
    }
}
