import { spoken, type Time } from "../core/time";
import { currentPatience, OutOfTime, type Patience } from "./patience";
import { LONGEST_RETRY_AFTER_MS } from "./retry";

/** How often an account may call each action. */
export interface CallQuota {
    /** Calls of one action within the window. */
    readonly calls: number;
    /** Milliseconds; a minute, or as many times less as a simulated cloud is faster. */
    readonly windowMs: number;
    /** Whether it holds from the start, or for an action only once the cloud has refused a call of it for its rate. */
    readonly isCertain: boolean;
}

/** The cloud counts a call when it arrives, and calls do not all travel equally long. Part of the window. */
const margin = 0.01;

interface Lane {
    /** When the calls of the last window began, oldest first, ms. */
    readonly begun: number[];
    isLimited: boolean;
    /** The cloud wants no call before this, ms. */
    closedUntil: number;
    /** Those who wait for their turn; told how long the first of them has to wait, ms. */
    readonly waiting: Set<(ms: number) => void>;
    /** Those who asked before. */
    queue: Promise<void>;
}

interface Waiting {
    signal: AbortSignal | undefined;
    patience: Patience | undefined;
}

/**
 * Spreads one account's calls so that no action is called more often than its cloud allows: at once while the quota
 * lasts, then each as soon as an earlier one falls out of the window.
 */
export class Pacer {
    private readonly lanes = new Map<string, Lane>();

    constructor(
        private readonly quota: CallQuota,
        private readonly time: Time,
    ) {}

    /**
     * Resolves when the next call of the action may leave, in the order of asking. Rejects when aborted, or when the
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
        // Who gives up must not hold up those behind.
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

    /** Notes that the cloud refused a call for its rate, and when it wants to be asked again. */
    throttled(action: string, retryAfterMs = 0): void {
        const lane = this.lane(action);
        lane.isLimited = true;
        // What was refused does not count.
        lane.begun.pop();
        const rest = Math.min(LONGEST_RETRY_AFTER_MS, retryAfterMs);
        lane.closedUntil = Math.max(lane.closedUntil, this.time.now() + rest);
    }

    private lane(action: string): Lane {
        let lane = this.lanes.get(action);
        if (!lane) {
            lane = {
                begun: [],
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
                lane.begun.push(now);
                return;
            }
            for (const show of lane.waiting) show(rest);
            await this.time.sleep(Math.min(rest, patience?.left() ?? rest), signal);
        }
    }

    /** Milliseconds until the window has room for one more call. */
    private restOfWindow({ begun, isLimited }: Lane, now: number): number {
        const windowMs = this.quota.windowMs * (1 + margin);
        while (begun[0] !== undefined && begun[0] <= now - windowMs) begun.shift();
        const first = begun[begun.length - this.quota.calls];
        return isLimited && first !== undefined ? first + windowMs - now : 0;
    }
}
