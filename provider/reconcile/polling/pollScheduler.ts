import type { Time } from "../../core/time";

/** The number of ids in one call. Polling more objects at the same time would need more calls. */
const mostTogether = 100;
/** Polling starts after this fraction of the usual duration. */
const partUntilFirstPoll = 0.7;

interface Sleeper {
    readonly due: number;
    wake(): void;
}

/**
 * Decides when the waits for objects of one kind poll, in one account and region. They poll together, because a call
 * for many objects costs no more than a call for one. The distance between polls keeps within the quota, and polls are
 * rare while no object is expected to be done.
 */
export class PollScheduler {
    private readonly sleepers = new Set<Sleeper>();
    /** The time of the last poll, ms. */
    private lastPoll = Number.NEGATIVE_INFINITY;
    /** The shortest observed duration for each usual duration, ms. */
    private readonly shortest = new Map<number, number>();

    constructor(
        private readonly time: Time,
        /** Milliseconds between polls: the shortest interval that the quota allows in the long run. */
        private readonly pollMs: number,
    ) {}

    /** Records the duration of an operation that usually takes `known` ms. */
    recordDuration(known: number, ms: number): void {
        this.shortest.set(known, Math.min(ms, this.shortest.get(known) ?? ms));
    }

    /**
     * The earliest time after which such an operation may be done, ms: the shortest observed duration, or a fraction of
     * the usual one.
     */
    earliest(known: number): number {
        return this.shortest.get(known) ?? known * partUntilFirstPoll;
    }

    /** Records a poll that was not scheduled here. */
    polled(): void {
        this.lastPoll = this.time.now();
    }

    /** Whether other waits are sleeping: a wait that has just started can poll together with them. */
    get isShared(): boolean {
        return this.sleepers.size > 0;
    }

    /**
     * Sleeps until the next poll of any wait is due, at the latest until its own. Polls keep their distance, but never
     * wait beyond `limit` ms.
     */
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
                () => this.wakeDue(sleeper),
                (error: unknown) => {
                    this.sleepers.delete(sleeper);
                    reject(error);
                },
            );
        });
    }

    /** Wakes the waits whose polls are due first. */
    private wakeDue(first: Sleeper): void {
        if (!this.sleepers.has(first)) return;
        this.polled();
        const earliest = [...this.sleepers].sort((left, right) => left.due - right.due).slice(0, mostTogether);
        for (const sleeper of earliest) sleeper.wake();
        first.wake();
    }
}

const schedulers = new WeakMap<object, PollScheduler>();

/** The scheduler of the waits that use the same joined lookup. */
export function schedulerOf(lookup: object, time: Time, pollMs: number): PollScheduler {
    const scheduler = schedulers.get(lookup) ?? new PollScheduler(time, pollMs);
    schedulers.set(lookup, scheduler);
    return scheduler;
}
