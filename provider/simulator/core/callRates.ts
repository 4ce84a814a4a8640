import type { Settings } from "./settings";

const minuteMs = 60_000;

/** Counts the calls of each account and action in the last minute of virtual time. */
export class CallRates {
    constructor(
        private readonly settings: Settings,
        private readonly now: () => number,
    ) {}

    /**
     * Counts one more call, unless it exceeds `most` calls per minute.
     *
     * @returns milliseconds until the next call is allowed, or undefined if this call is allowed
     */
    take(account: string, action: string, max: number): number | undefined {
        const name = `calls ${account} ${action}`;
        const now = this.now();
        const recent = (this.settings.get<number[]>(name) ?? []).filter((at) => at > now - minuteMs);
        const [oldest = now] = recent;
        if (recent.length >= max) return oldest + minuteMs - now;
        this.settings.set(name, [...recent, now]);
        return undefined;
    }
}
