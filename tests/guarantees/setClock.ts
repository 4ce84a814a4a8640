import type { Simulated } from "../resources/simulated.ts";

const hour = 3_600_000;

/** Sets the machine's clock an hour forward or back after every change. */
export async function whileClockIsSet(clouds: Simulated, work: () => Promise<unknown>): Promise<void> {
    const { now } = Date;
    let ahead = 0;
    const stopListening = clouds.simulator.sim.calls.subscribe((call) => {
        if (clouds.isChange(call)) ahead = ahead > 0 ? -hour : hour;
    });
    Date.now = () => now() + ahead;
    try {
        await work();
    } finally {
        Date.now = now;
        stopListening();
    }
}
