/** The clock of the machine that runs the simulation. */
export interface MachineClock {
    /** The machine's date and time, in ms since the epoch. It can be set at any time, forward or back. */
    wallNow(): number;
    /** Milliseconds since an arbitrary moment. It cannot be set and never moves backwards. */
    steadyNow(): number;
}

export const machineClock: MachineClock = {
    wallNow: () => Date.now(),
    steadyNow: () => performance.now(),
};

/**
 * Returns a function that says whether a client's time is at most `withinMs` from the machine's time. If the machine's
 * clock is set, requests may be signed before and answered after, so a time is accepted if it is near the current
 * clock, or near what the clock would show had it not been set since the simulation was opened.
 */
export function freshness(machine: MachineClock): (at: number, withinMs: number) => boolean {
    const ahead = machine.wallNow() - machine.steadyNow();
    return (at, withinMs) =>
        [machine.wallNow(), machine.steadyNow() + ahead].some((now) => Math.abs(now - at) <= withinMs);
}
