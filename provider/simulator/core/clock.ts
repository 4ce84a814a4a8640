import { UserError } from "./apiError";
import type { Database } from "./database";
import type { MachineClock } from "./machineClock";
import type { Settings } from "./settings";

/**
 * How virtual time runs. `real`: with the machine's clock. `scaled`: `factor` times as fast. `frozen`: only when the
 * admin API moves it. `auto`: to the next due job whenever a client polls.
 */
export type ClockMode =
    | { readonly mode: "real" | "frozen" | "auto" }
    | { readonly mode: "scaled"; readonly factor: number };

/** The stored position of the clock: the latest time that this simulation has seen, in ms since the epoch. */
interface Position {
    readonly clock: ClockMode;
    readonly virtual: number;
}

/** The origin of running time in this process: virtual time was `virtual` when the steady clock showed `steady`. */
interface Running {
    readonly factor: number;
    readonly virtual: number;
    readonly steady: number;
}

/** Fixed, so that frozen and automatic simulations give the same bytes on every machine. */
const fixedStart = Date.parse("2026-01-01T00:00:00Z");

/** Parses "real", "auto", "frozen" or "scaled:60". @throws UserError */
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
 * The virtual clock of a simulation. It never moves backwards and does not depend on the date: after the start, real
 * and scaled time follow the machine's steady clock, and only while a process has the simulation open. Each transaction
 * that has seen a later time stores it as a setting, so that the next process continues from there.
 */
export class VirtualClock {
    /** Set while a job runs: the job sees the time at which it was due. */
    private pinned: number | undefined;
    private running: Running | undefined;
    /** The latest time that `now` returned. */
    private latest = 0;

    constructor(
        private readonly database: Database,
        private readonly settings: Settings,
        private readonly machine: MachineClock,
    ) {
        database.registerCache({ flush: () => this.write(), forget: () => undefined });
    }

    /**
     * Sets the mode. Default: the stored mode, or real for a new simulation. Virtual time continues from its position.
     *
     * @param lastKnown time of the file's last call: earlier versions stored the position only when it was set
     * explicitly
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

    /** @param virtual the latest time that any process has stored */
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

    /** Moves time forward by `ms`, in every mode. */
    advance(ms: number): void {
        this.settings.set<Position>("clock", { clock: this.mode, virtual: this.now() + ms });
    }

    /** Stores the current position. */
    private write(): void {
        const position = this.settings.get<Position>("clock");
        if (!position || factorOf(position.clock) === 0 || this.latest <= position.virtual) return;
        this.settings.set<Position>("clock", { ...position, virtual: this.latest });
    }

    /** Stores times that were seen outside transactions, before the file is closed. */
    close(): void {
        if (this.latest > this.position().virtual) this.database.transaction(() => this.write());
    }

    /** Runs `work` with the clock set to `time`. */
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
