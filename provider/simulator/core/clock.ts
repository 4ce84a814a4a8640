import { UserError } from "./refusal";
import type { Settings } from "./settings";

/**
 * How virtual time runs.
 * `real`: with the machine's clock. `scaled`: `factor` times as fast. `frozen`: only when told to.
 * `auto`: to the next due job whenever a client polls.
 */
export type ClockMode =
    | { readonly mode: "real" | "frozen" | "auto" }
    | { readonly mode: "scaled"; readonly factor: number };

/** Where time stands: `virtual` was the simulated time when the machine's clock showed `wall` (both ms). */
interface Position {
    readonly clock: ClockMode;
    readonly virtual: number;
    readonly wall: number;
}

/** Fixed, so that a frozen or automatic simulation gives the same bytes on every machine. */
const fixedStart = Date.parse("2026-01-01T00:00:00Z");

/** Reads "real", "auto", "frozen" or "scaled:60". */
export function parseClock(text: string): ClockMode {
    if (text === "real" || text === "auto" || text === "frozen") return { mode: text };
    const factor = Number(/^scaled:(\d+(?:\.\d+)?)$/.exec(text)?.[1]);
    if (factor > 0 && factor <= 1_000_000) return { mode: "scaled", factor };
    throw new UserError(`clock "${text}" is not known: use real, auto, frozen or scaled:N with N up to 1000000`);
}

/**
 * The one virtual clock of a simulation. Its position is a setting: real and scaled time run on while nobody serves it,
 * as they do in a cloud; frozen and automatic time stand still.
 */
export class VirtualClock {
    /** Set while a job runs: the job sees the time at which it was due. */
    private pinned: number | undefined;

    constructor(
        private readonly settings: Settings,
        private readonly wallNow: () => number,
    ) {}

    /** Sets the mode, by default the one it had (a new one: real); virtual time goes on from where it stands. */
    start(wanted: ClockMode | undefined): void {
        const known = this.settings.get<Position>("clock");
        const clock = wanted ?? known?.clock ?? { mode: "real" };
        if (known && JSON.stringify(known.clock) === JSON.stringify(clock)) return;
        const moving = clock.mode === "real" || clock.mode === "scaled";
        const virtual = known ? this.now() : moving ? this.wallNow() : fixedStart;
        this.settings.set<Position>("clock", { clock, virtual, wall: this.wallNow() });
    }

    private position(): Position {
        const position = this.settings.get<Position>("clock");
        if (!position) throw new Error("the clock was not started");
        return position;
    }

    get mode(): ClockMode {
        return this.position().clock;
    }

    /** Milliseconds since the epoch, in simulated time. */
    now(): number {
        if (this.pinned !== undefined) return this.pinned;
        const { clock, virtual, wall } = this.position();
        if (clock.mode === "frozen" || clock.mode === "auto") return virtual;
        const factor = clock.mode === "scaled" ? clock.factor : 1;
        return Math.floor(virtual + Math.max(0, this.wallNow() - wall) * factor);
    }

    /** Moves time forward by `ms`, whatever the mode. */
    advance(ms: number): void {
        const position = this.position();
        this.settings.set<Position>("clock", {
            clock: position.clock,
            virtual: this.now() + ms,
            wall: this.wallNow(),
        });
    }

    /** Runs `work` as if it were `time`. */
    at<T>(time: number, work: () => T): T {
        const before = this.pinned;
        this.pinned = time;
        try {
            return work();
        } finally {
            this.pinned = before;
        }
    }
}
