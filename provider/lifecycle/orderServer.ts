import { UserError } from "../clouds/errors";
import type { Surroundings } from "../dynamic/handler";
import { type Ownership, requestToken } from "./ownership";

/** How often a new server is looked for before it counts as gone: clouds list a new one late. */
const looksForNew = 5;
/** How many servers made with a resource's tokens may have come and gone while the cloud remembers its tokens. */
const mostAttempts = 50;

/**
 * The id of a new server, or of the one that an interrupted run has ordered already: the token that goes with the order
 * is the same for the same order, so that a lost answer never makes a second server. When the cloud still remembers
 * the token of a server that was deleted since, or of an order that failed, the next token is used.
 */
export async function orderServer(options: {
    surroundings: Surroundings;
    ownership: Ownership;
    /**
     * Asks for the server; the same token must give the same server. Undefined when the cloud remembers the token of an
     * order that came to nothing.
     */
    order: (token: string, attempt: number) => Promise<string | undefined>;
    isThere: (id: string) => Promise<boolean>;
}): Promise<string> {
    const { surroundings, ownership, order, isThere } = options;
    const { time, clouds } = surroundings;
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
        const id = await order(requestToken(ownership, attempt), attempt);
        if (id === undefined) continue;
        for (let look = 0; look < looksForNew; look++) {
            if (await isThere(id)) return id;
            await time.sleep(clouds.pollMs);
        }
    }
    throw new UserError(
        "the cloud keeps answering with what is gone: wait until it has forgotten them (a day), or rename the resource",
    );
}
