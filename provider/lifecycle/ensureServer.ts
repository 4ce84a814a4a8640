import { UserError } from "../clouds/errors";
import type { Origin, Surroundings } from "../dynamic/handler";
import { requestToken } from "./origin";

/** How often a new server is looked for before it counts as gone: clouds list a new one late. */
const looksForNew = 5;
/** How many servers made with a resource's tokens may have come and gone while the cloud remembers its tokens. */
const mostGenerations = 50;

/**
 * The id of the server that belongs to the resource: the one that an interrupted run left behind, else a new one. The
 * token that goes with the request is the same for the same resource, so that a lost answer never makes a second
 * server; when the cloud still remembers the token of a server that was deleted since, the next token is used.
 */
export async function ensureServer(options: {
    surroundings: Surroundings;
    origin: Origin;
    /** What is asked for: the cloud refuses a token that it has seen with another request. */
    request: object;
    /** The id of a finished server that bears the resource's mark. */
    findLeftover: () => Promise<string | undefined>;
    /** Asks for the server; the same token must give the same server. */
    make: (token: string) => Promise<string>;
    isThere: (id: string) => Promise<boolean>;
}): Promise<string> {
    const { surroundings, origin, request, findLeftover, make, isThere } = options;
    const { time, clouds } = surroundings;
    const leftover = await findLeftover();
    if (leftover !== undefined) return leftover;
    for (let generation = 0; generation < mostGenerations; generation++) {
        const id = await make(requestToken(origin, JSON.stringify(request), generation));
        for (let look = 0; look < looksForNew; look++) {
            if (await isThere(id)) return id;
            await time.sleep(clouds.pollMs);
        }
    }
    throw new UserError(
        "the cloud keeps answering with servers that are gone: wait until it has forgotten them (a day), or rename the resource",
    );
}
