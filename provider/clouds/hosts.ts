import type { Time } from "../core/time";
import type { CloudError } from "./errors";

/** Soon after a host was given up, it is not even tried: a request that is never answered takes 30 seconds. Milliseconds. */
const SOON_MS = 10_000;
/** What fails within less time is no proof that a host cannot be reached. Milliseconds. */
const SHORTEST_PROOF_MS = 4000;

interface GivenUp {
    readonly error: CloudError;
    readonly at: number;
}

/** What the requests of this process have learned of the hosts that they are sent to. */
class Hosts {
    private readonly givenUp = new Map<string, GivenUp>();
    private readonly answered = new Map<string, number>();

    constructor(private readonly time: Time) {}

    /** Whether any host has answered. */
    get isAnyReached(): boolean {
        return this.answered.size > 0;
    }

    noteAnswer(endpoint: string): void {
        this.givenUp.delete(endpoint);
        this.answered.set(endpoint, this.time.now());
    }

    /** Notes a request that was repeated until its time was over. @param since when it was sent first */
    noteGivenUp(endpoint: string, error: CloudError, { since, spentMs }: { since: number; spentMs: number }): void {
        const hasAnswered = (this.answered.get(endpoint) ?? Number.NEGATIVE_INFINITY) >= since;
        if (hasAnswered || spentMs < SHORTEST_PROOF_MS) return;
        this.givenUp.set(endpoint, { error, at: this.time.now() });
    }

    isGivenUp(endpoint: string): boolean {
        return this.givenUp.has(endpoint);
    }

    /** The failure of a host that was given up so recently that it need not be tried. */
    recentFailure(endpoint: string): CloudError | undefined {
        const found = this.givenUp.get(endpoint);
        return found && this.time.now() - found.at < SOON_MS ? found.error : undefined;
    }
}

/** By the clock that the connections of a process go by. */
const known = new WeakMap<Time, Hosts>();

export function hostsOf(time: Time): Hosts {
    const hosts = known.get(time) ?? new Hosts(time);
    known.set(time, hosts);
    return hosts;
}
