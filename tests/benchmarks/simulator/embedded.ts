import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Spread, spreadOf } from "./statistics.ts";

type Simulator = typeof import("pulumi-machine-images/simulator");

/** The simulator in the process of a test, in milliseconds. */
export interface Embedded {
    /** The first start in a process, after the import. */
    readonly firstStart: Spread;
    readonly laterStart: Spread;
    readonly reset: Spread;
}

async function timed(work: () => unknown): Promise<number> {
    const began = performance.now();
    await work();
    return performance.now() - began;
}

export async function measureEmbedded(provider: string, rounds: number): Promise<Embedded> {
    const door = join(provider, "dist", "simulator", "index.js");
    const script = `
        const { startSimulator } = require(${JSON.stringify(door)});
        const began = performance.now();
        startSimulator().then((simulator) => {
            console.log(performance.now() - began);
            return simulator.close();
        });
    `;
    const first = Array.from({ length: rounds }, () => Number(execFileSync(process.execPath, ["-e", script])));
    const simulator: Simulator = createRequire(import.meta.url)(door);
    const later: number[] = [];
    const reset: number[] = [];
    for (let round = 0; round <= rounds; round++) {
        let running: Awaited<ReturnType<Simulator["startSimulator"]>> | undefined;
        const start = await timed(async () => {
            running = await simulator.startSimulator();
        });
        const again = await timed(() => running?.reset());
        await running?.close();
        // The first start compiles code that later starts reuse.
        if (round > 0) later.push(start);
        if (round > 0) reset.push(again);
    }
    return { firstStart: spreadOf(first), laterStart: spreadOf(later), reset: spreadOf(reset) };
}
