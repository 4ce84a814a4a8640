import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Spread, spreadOf } from "./statistics.ts";

type Simulator = typeof import("pulumi-machine-images/simulator");

const jobs = 10_000;
const dayMs = 24 * 3_600_000;

/** The duration of a day with 10,000 due jobs, each of which changes an object in the data file, in milliseconds. */
export function measureDay(provider: string, folder: string, rounds: number): Spread {
    const simulator: Simulator = createRequire(import.meta.url)(join(provider, "dist", "simulator", "index.js"));
    const scope = { cloud: "alibaba", account: "1000000000000001", region: "cn-hangzhou" } as const;
    const thing = { name: "bench.thing", isRecord: false };
    const step = { name: "bench.step", isRecord: false };
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
        const data = join(folder, `day-${round}.db`);
        for (const end of ["", "-wal", "-shm"]) rmSync(data + end, { force: true });
        const sim = simulator.openSimulation({ data, clock: "frozen" });
        sim.onJob<{ id: string }>(step, ({ store, body }) => store.put(thing, body.id, { isDone: true }));
        sim.database.transaction(() => {
            for (let n = 0; n < jobs; n++) {
                sim.store(scope).put(thing, `t-${n}`, { isDone: false });
                sim.schedule(step, scope, (n * dayMs) / jobs, { id: `t-${n}` });
            }
        });
        const began = performance.now();
        sim.advance(dayMs);
        times.push(performance.now() - began);
        sim.close();
    }
    return spreadOf(times);
}
