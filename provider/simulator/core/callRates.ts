import type { Settings } from "./settings";

const minuteMs = 60_000;

/** How often each account called each action in the last minute of virtual time. */
export class CallRates {
    constructor(
        private readonly settings: Settings,
        private readonly now: () => number,
    ) {}

    /**
     * Counts one more call, when `most` a minute allow it.
     * @returns milliseconds until the next call is allowed, or undefined when this one is
     */
    take(account: string, action: string, most: number): number | undefined {
        const name = `calls ${account} ${action}`;
        const now = this.now();
        const recent = (this.settings.get<number[]>(name) ?? []).filter((at) => at > now - minuteMs);
        const [oldest = now] = recent;
        if (recent.length >= most) return oldest + minuteMs - now;
        this.settings.set(name, [...recent, now]);
        return undefined;
    }
}
