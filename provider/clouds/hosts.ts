import type { Time } from "../core/time";
import type { CloudError } from "./errors";

/**
 * For this time after a host was given up, lookups do not send it a request, because a request without an answer takes
 * 30 seconds. Milliseconds.
 */
const SOON_MS = 10_000;
/** A failure within less time does not prove that a host cannot be reached. Milliseconds. */
const SHORTEST_PROOF_MS = 4000;

interface GivenUp {
    readonly error: CloudError;
    readonly at: number;
}

/** Which hosts have answered requests of this process, and which were given up. */
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

    /** Records a request that was retried until its time was over. @param since when it was first sent */
    noteGivenUp(endpoint: string, error: CloudError, { since, spentMs }: { since: number; spentMs: number }): void {
        const hasAnswered = (this.answered.get(endpoint) ?? Number.NEGATIVE_INFINITY) >= since;
        if (hasAnswered || spentMs < SHORTEST_PROOF_MS) return;
        this.givenUp.set(endpoint, { error, at: this.time.now() });
    }

    isGivenUp(endpoint: string): boolean {
        return this.givenUp.has(endpoint);
    }

    /** The failure of a host that was given up too recently to be tried again. */
    recentFailure(endpoint: string): CloudError | undefined {
        const found = this.givenUp.get(endpoint);
        return found && this.time.now() - found.at < SOON_MS ? found.error : undefined;
    }
}

/** The hosts of each clock: connections that share a clock share their hosts. */
const known = new WeakMap<Time, Hosts>();

export function hostsOf(time: Time): Hosts {
    const hosts = known.get(time) ?? new Hosts(time);
    known.set(time, hosts);
    return hosts;
}
