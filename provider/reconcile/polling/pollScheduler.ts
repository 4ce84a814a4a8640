import type { Time } from "../../core/time";

/** As many ids as one call takes: more waits that look together would cost more calls. */
const mostTogether = 100;
/** What usually takes so long may be done after this part of it. */
const partUntilSoonest = 0.7;

interface Sleeper {
    readonly due: number;
    wake(): void;
}

/**
 * When the waits for objects of one kind, in one account and region, look. They look together, because a call for many
 * costs no more than a call for one; never closer than the quota allows, and rarely while no end is near.
 */
export class PollScheduler {
    private readonly sleepers = new Set<Sleeper>();
    /** When somebody looked last, ms. */
    private lastPoll = Number.NEGATIVE_INFINITY;
    /** The shortest that things took, by how long such things are known to take, ms. */
    private readonly shortest = new Map<number, number>();

    constructor(
        private readonly time: Time,
        /** Milliseconds between looks: as close as the quota allows when it goes on for long. */
        private readonly pollMs: number,
    ) {}

    /** Notes how long something took for which `known` ms is usual. */
    took(known: number, ms: number): void {
        this.shortest.set(known, Math.min(ms, this.shortest.get(known) ?? ms));
    }

    /** How soon such a thing may be done, ms: what was seen here, else somewhat sooner than usual. */
    soonest(known: number): number {
        return this.shortest.get(known) ?? known * partUntilSoonest;
    }

    /** Notes a look that did not wait for its beat. */
    looked(): void {
        this.lastPoll = this.time.now();
    }

    /** Whether others rest: who has only just begun can look along with them. */
    get isShared(): boolean {
        return this.sleepers.size > 0;
    }

    /** Rests until somebody's look is due, its own at the latest; looks keep their distance, but not beyond `limit` ms. */
    async rest(wanted: number, limit: number): Promise<void> {
        const now = this.time.now();
        const due = Math.min(now + limit, Math.max(now + wanted, this.lastPoll + this.pollMs));
        const abort = new AbortController();
        await new Promise<void>((resolve, reject) => {
            const sleeper: Sleeper = {
                due,
                wake: () => {
                    this.sleepers.delete(sleeper);
                    resolve();
                    abort.abort();
                },
            };
            this.sleepers.add(sleeper);
            this.time.sleep(due - now, abort.signal).then(
                () => this.scheduler(sleeper),
                (error: unknown) => {
                    this.sleepers.delete(sleeper);
                    reject(error);
                },
            );
        });
    }

    /** Wakes those whose look is due first. */
    private scheduler(first: Sleeper): void {
        if (!this.sleepers.has(first)) return;
        this.looked();
        const soonest = [...this.sleepers].sort((left, right) => left.due - right.due).slice(0, mostTogether);
        for (const sleeper of soonest) sleeper.wake();
        first.wake();
    }
}

const schedulers = new WeakMap<object, PollScheduler>();

/** The beat of the waits that ask with the same joined lookup. */
export function schedulerOf(lookup: object, time: Time, pollMs: number): PollScheduler {
    const scheduler = schedulers.get(lookup) ?? new PollScheduler(time, pollMs);
    schedulers.set(lookup, scheduler);
    return scheduler;
}
