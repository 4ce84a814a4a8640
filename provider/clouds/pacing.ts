import type { Time } from "./time";

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
    /** Those who asked before. */
    queue: Promise<void>;
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

    /** Resolves when the next call of the action may leave, in the order of asking. Rejects when aborted. */
    turn(action: string, signal?: AbortSignal): Promise<void> {
        const lane = this.lane(action);
        const turn = lane.queue.then(() => this.wait(lane, signal));
        // Who gives up must not hold up those behind.
        lane.queue = turn.catch(() => {});
        return turn;
    }

    /** Notes that the cloud refused a call for its rate, and when it wants to be asked again. */
    throttled(action: string, retryAfterMs = 0): void {
        const lane = this.lane(action);
        lane.isLimited = true;
        // What was refused does not count.
        lane.begun.pop();
        lane.closedUntil = Math.max(lane.closedUntil, this.time.now() + retryAfterMs);
    }

    private lane(action: string): Lane {
        let lane = this.lanes.get(action);
        if (!lane) {
            lane = { begun: [], isLimited: this.quota.isCertain, closedUntil: 0, queue: Promise.resolve() };
            this.lanes.set(action, lane);
        }
        return lane;
    }

    private async wait(lane: Lane, signal: AbortSignal | undefined): Promise<void> {
        for (;;) {
            signal?.throwIfAborted();
            const now = this.time.now();
            const rest = Math.max(lane.closedUntil - now, this.restOfWindow(lane, now));
            if (rest <= 0) {
                lane.begun.push(now);
                return;
            }
            await this.time.sleep(rest, signal);
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
