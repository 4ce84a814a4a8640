import { UserError } from "../clouds/errors";
import { spoken } from "../clouds/time";
import type { Surroundings } from "../dynamic/handler";
import { type Ownership, requestToken } from "./ownership";

/**
 * How many poll intervals an object must stay unknown to the cloud when it is addressed by its id before it counts as
 * deleted. A lookup that does not find it says nothing: clouds show new objects late.
 */
const intervalsUntilDeleted = 5;
/** How many objects of a resource's tokens may have been deleted while the cloud remembers its tokens (24 h). */
const mostTokens = 50;

export interface CreateOnce {
    surroundings: Surroundings;
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
 * The id of a new object, or of the one that an interrupted run has ordered already: the token of the order is the same
 * for the same order, so that a lost answer never makes a second object. Another token is used only with proof that the
 * first order came to nothing or that its object was deleted.
 */
export async function createOnce(options: CreateOnce): Promise<string> {
    const { ownership, sent, order, checkpoint } = options;
    for (let attempt = 0; attempt < mostTokens; attempt++) {
        const id = await order(requestToken(ownership, sent, attempt), attempt);
        if (id === undefined) continue;
        checkpoint?.set(id);
        if (await appears(id, options)) return id;
        checkpoint?.clear();
    }
    throw new UserError(
        `the cloud still returns deleted objects for the ${options.noun}: wait until it has forgotten them (24 hours), ` +
            "or rename the resource",
    );
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
