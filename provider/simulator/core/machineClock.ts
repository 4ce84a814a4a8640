/** The clock of the machine that a simulation runs on, read in two ways. */
export interface MachineClock {
    /** What the machine says that it is, ms since the epoch. Somebody may set it at any time, forward or back. */
    wallNow(): number;
    /** Milliseconds since some moment. Nobody can set it, and it never goes back. */
    steadyNow(): number;
}

export const machineClock: MachineClock = {
    wallNow: () => Date.now(),
    steadyNow: () => performance.now(),
};

/**
 * Says whether a client's time is at most `withinMs` off the machine's, also while somebody sets the machine's clock: a
 * request may be signed before and answered after. Good is therefore what is near to the clock as it is, or near to what
 * it would show if nobody had set it since the simulation was opened.
 */
export function freshness(machine: MachineClock): (at: number, withinMs: number) => boolean {
    const ahead = machine.wallNow() - machine.steadyNow();
    return (at, withinMs) =>
        [machine.wallNow(), machine.steadyNow() + ahead].some((now) => Math.abs(now - at) <= withinMs);
}
