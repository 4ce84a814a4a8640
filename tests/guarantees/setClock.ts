import type { Simulated } from "../resources/simulated.ts";

const hour = 3_600_000;

/** Somebody sets the machine's clock an hour ahead, or an hour back, after every change. */
export async function whileClockIsSet(clouds: Simulated, work: () => Promise<unknown>): Promise<void> {
    const before = globalThis.Date;
    let ahead = 0;
    const stopListening = clouds.simulator.sim.calls.subscribe((call) => {
        if (clouds.isChange(call)) ahead = ahead > 0 ? -hour : hour;
    });
    // Another object, because the clock of this process may be moved already.
    globalThis.Date = new Proxy(before, {
        get: (date, name) => (name === "now" ? () => before.now() + ahead : Reflect.get(date, name)),
    });
    try {
        await work();
    } finally {
        globalThis.Date = before;
        stopListening();
    }
}
