import { spoken, type Time } from "../core/time";
import { currentPatience, OutOfTime, type Patience } from "./patience";
import { LONGEST_RETRY_AFTER_MS } from "./retry";

/** How often an account may call each action. */
export interface CallQuota {
    /** Calls of one action within the window. */
    readonly calls: number;
    /** Milliseconds: one minute, divided by the speed of a simulated cloud. */
    readonly windowMs: number;
    /** Whether the quota applies from the start, or for an action only after the cloud has throttled a call of it. */
    readonly isCertain: boolean;
}

/** A margin, because the cloud counts calls on arrival, and transit times differ. Fraction of the window. */
const margin = 0.01;

interface Lane {
    /** Start times of the calls in the last window, oldest first, ms. */
    readonly started: number[];
    isLimited: boolean;
    /** The cloud asked for no call before this time, ms. */
    closedUntil: number;
    /** Callers that wait for their turn; called with the waiting time of the first of them, ms. */
    readonly waiting: Set<(ms: number) => void>;
    /** The turns of earlier callers. */
    queue: Promise<void>;
}

interface Waiting {
    signal: AbortSignal | undefined;
    patience: Patience | undefined;
}

/**
 * Spreads one account's calls so that no action is called more often than its quota allows: calls start at once while
 * the quota lasts, then each starts as soon as an earlier one leaves the window.
 */
export class Pacer {
    private readonly lanes = new Map<string, Lane>();

    constructor(
        private readonly quota: CallQuota,
        private readonly time: Time,
    ) {}

    /**
     * Resolves when the next call of the action may be sent, in the order of the callers. Rejects if aborted, or if the
     * running step's time is over.
     */
    turn(action: string, signal?: AbortSignal): Promise<void> {
        const lane = this.lane(action);
        const patience = currentPatience();
        let isShown = false;
        const show = (ms: number) => {
            isShown = true;
            patience?.show(
                `${action} is waiting for the call quota: the account may call it ${this.often()} (${spoken(ms)} left)`,
            );
        };
        const turn = lane.queue.then(() => this.wait(lane, { signal, patience }));
        // A caller that gives up must not block the callers behind it.
        lane.queue = turn.catch(() => {});
        if (!patience) return turn;
        lane.waiting.add(show);
        return patience.inTurn(turn).finally(() => {
            lane.waiting.delete(show);
            if (isShown) patience.show(undefined);
        });
    }

    private often(): string {
        return `${this.quota.calls} times in ${spoken(this.quota.windowMs)}`;
    }

    /** Records that the cloud throttled a call, and when the next call may be sent. */
    throttled(action: string, retryAfterMs = 0): void {
        const lane = this.lane(action);
        lane.isLimited = true;
        // A refused call does not count.
        lane.started.pop();
        const rest = Math.min(LONGEST_RETRY_AFTER_MS, retryAfterMs);
        lane.closedUntil = Math.max(lane.closedUntil, this.time.now() + rest);
    }

    private lane(action: string): Lane {
        let lane = this.lanes.get(action);
        if (!lane) {
            lane = {
                started: [],
                isLimited: this.quota.isCertain,
                closedUntil: 0,
                waiting: new Set(),
                queue: Promise.resolve(),
            };
            this.lanes.set(action, lane);
        }
        return lane;
    }

    private async wait(lane: Lane, { signal, patience }: Waiting): Promise<void> {
        for (;;) {
            signal?.throwIfAborted();
            if (patience && patience.left() <= 0) throw new OutOfTime(patience.over());
            const now = this.time.now();
            const rest = Math.max(lane.closedUntil - now, this.restOfWindow(lane, now));
            if (rest <= 0) {
                lane.started.push(now);
                return;
            }
            for (const show of lane.waiting) show(rest);
            await this.time.sleep(Math.min(rest, patience?.left() ?? rest), signal);
        }
    }

    /** Milliseconds until the window allows another call. */
    private restOfWindow({ started, isLimited }: Lane, now: number): number {
        const windowMs = this.quota.windowMs * (1 + margin);
        while (started[0] !== undefined && started[0] <= now - windowMs) started.shift();
        const first = started[started.length - this.quota.calls];
        return isLimited && first !== undefined ? first + windowMs - now : 0;
    }
}
