import { UserError } from "./apiError";
import type { Database } from "./database";
import type { MachineClock } from "./machineClock";
import type { Settings } from "./settings";

/**
 * How virtual time runs.
 * `real`: with the machine's clock. `scaled`: `factor` times as fast. `frozen`: only when told to.
 * `auto`: to the next due job whenever a client polls.
 */
export type ClockMode =
    | { readonly mode: "real" | "frozen" | "auto" }
    | { readonly mode: "scaled"; readonly factor: number };

/** Where time stands: the latest that this simulation has seen, ms since the epoch. */
interface Position {
    readonly clock: ClockMode;
    readonly virtual: number;
}

/** From where time runs in this process: it was `virtual` when the steady clock showed `steady`. */
interface Running {
    readonly factor: number;
    readonly virtual: number;
    readonly steady: number;
}

/** Fixed, so that a frozen or automatic simulation gives the same bytes on every machine. */
const fixedStart = Date.parse("2026-01-01T00:00:00Z");

/** Reads "real", "auto", "frozen" or "scaled:60". */
export function parseClock(text: string): ClockMode {
    if (text === "real" || text === "auto" || text === "frozen") return { mode: text };
    const factor = Number(/^scaled:(\d+(?:\.\d+)?)$/.exec(text)?.[1]);
    if (factor > 0 && factor <= 1_000_000) return { mode: "scaled", factor };
    throw new UserError(`unknown clock "${text}": use real, auto, frozen or scaled:N with N up to 1000000`);
}

function factorOf(clock: ClockMode): number {
    if (clock.mode === "scaled") return clock.factor;
    return clock.mode === "real" ? 1 : 0;
}

/**
 * The one virtual clock of a simulation. It never goes back, and what it shows hangs on no date: once begun, real and
 * scaled time run by the machine's steady clock, and only while a process has the simulation open. Its position is a
 * setting, written with every transaction that has seen a later time, so that the next process goes on from there.
 */
export class VirtualClock {
    /** Set while a job runs: the job sees the time at which it was due. */
    private pinned: number | undefined;
    private running: Running | undefined;
    /** The latest time that somebody was told. */
    private latest = 0;

    constructor(
        private readonly database: Database,
        private readonly settings: Settings,
        private readonly machine: MachineClock,
    ) {
        database.keep({ flush: () => this.write(), forget: () => undefined });
    }

    /**
     * Sets the mode, by default the one it had (a new one: real); virtual time goes on from where it stands.
     *
     * @param lastKnown of the file's call log: earlier versions wrote the position only when it was set
     */
    start(wanted: ClockMode | undefined, lastKnown = 0): void {
        const known = this.settings.get<Position>("clock");
        const clock = wanted ?? known?.clock ?? { mode: "real" };
        const begin = factorOf(clock) === 0 ? fixedStart : Math.max(fixedStart, Math.floor(this.machine.wallNow()));
        const virtual = known ? Math.max(this.now(), lastKnown) : begin;
        if (known?.virtual === virtual && JSON.stringify(known.clock) === JSON.stringify(clock)) return;
        this.settings.set<Position>("clock", { clock, virtual });
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
        const { clock, virtual } = this.position();
        const factor = factorOf(clock);
        if (factor === 0) return virtual;
        this.latest = this.reached(factor, virtual);
        return this.latest;
    }

    /** @param virtual the latest that any process has written */
    private reached(factor: number, virtual: number): number {
        const steady = this.machine.steadyNow();
        const atLeast = Math.max(virtual, this.latest);
        if (this.running?.factor === factor) {
            const own = Math.floor(this.running.virtual + (steady - this.running.steady) * factor);
            if (own >= atLeast) return own;
        }
        this.running = { factor, virtual: atLeast, steady };
        return atLeast;
    }

    /** Moves time forward by `ms`, whatever the mode. */
    advance(ms: number): void {
        this.settings.set<Position>("clock", { clock: this.mode, virtual: this.now() + ms });
    }

    /** Writes how far time has run. */
    private write(): void {
        const position = this.settings.get<Position>("clock");
        if (!position || factorOf(position.clock) === 0 || this.latest <= position.virtual) return;
        this.settings.set<Position>("clock", { ...position, virtual: this.latest });
    }

    /** Writes what was seen outside of transactions, before the file is closed. */
    close(): void {
        if (this.latest > this.position().virtual) this.database.transaction(() => this.write());
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
