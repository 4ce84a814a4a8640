import type { Time } from "../clouds/time";

/** As many ids as one call takes: more waits that look together would cost more calls. */
const mostTogether = 100;
/** Looks may be so much closer than an interval as long as there were few. Part of an interval. */
const firstDistance = 0.75;
/** The beats of so many poll intervals are kept in mind. */
const intervalsInMind = 10;

/** What usually takes so long may be done after this part of it. */
const partUntilSoonest = 0.7;

interface Sleeper {
    readonly due: number;
    wake(): void;
}

/**
 * When the waits for objects of one kind, in one account and region, look. They look together, because a call for many
 * costs no more than a call for one; and they look often where an end is near, as long as the quota has room for it.
 */
export class SharedBeat {
    private readonly sleepers = new Set<Sleeper>();
    /** When the last looks were, oldest first, ms. */
    private readonly beats: number[] = [];
    /** The shortest that things took, by how long such things are known to take, ms. */
    private readonly shortest = new Map<number, number>();

    constructor(
        private readonly time: Time,
        /** Milliseconds between looks that go on for long. */
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
        this.beats.push(this.time.now());
    }

    /** Whether others rest: who has only just begun can look along with them. */
    get isShared(): boolean {
        return this.sleepers.size > 0;
    }

    /** Rests until somebody's look is due, its own at the latest; looks keep their distance, but not beyond `limit` ms. */
    async rest(wanted: number, limit: number): Promise<void> {
        const now = this.time.now();
        const due = Math.min(now + limit, Math.max(now + wanted, this.nextBeat(now)));
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
                () => this.beat(sleeper),
                (error: unknown) => {
                    this.sleepers.delete(sleeper);
                    reject(error);
                },
            );
        });
    }

    /** Wakes those whose look is due first. */
    private beat(first: Sleeper): void {
        if (!this.sleepers.has(first)) return;
        this.looked();
        const soonest = [...this.sleepers].sort((left, right) => left.due - right.due).slice(0, mostTogether);
        for (const sleeper of soonest) sleeper.wake();
        first.wake();
    }

    /** Somewhat less than an interval after the last look when there were few, a whole one when there were many. */
    private nextBeat(now: number): number {
        const inMind = this.pollMs * intervalsInMind;
        while (this.beats[0] !== undefined && this.beats[0] <= now - inMind) this.beats.shift();
        const last = this.beats.at(-1) ?? Number.NEGATIVE_INFINITY;
        return (
            last +
            this.pollMs * (firstDistance + (1 - firstDistance) * Math.min(1, this.beats.length / intervalsInMind))
        );
    }
}

const beats = new WeakMap<object, SharedBeat>();

/** The beat of the waits that ask with the same joined lookup. */
export function beatOf(lookup: object, time: Time, pollMs: number): SharedBeat {
    const beat = beats.get(lookup) ?? new SharedBeat(time, pollMs);
    beats.set(lookup, beat);
    return beat;
}
