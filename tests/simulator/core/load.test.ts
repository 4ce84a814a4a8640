import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kind } from "../../../provider/dist/simulator/core/kinds.js";
import { Simulation } from "../../../provider/dist/simulator/core/simulation.js";
import { stateHash } from "../../../provider/dist/simulator/core/stateDump.js";
import { startSimulator } from "../../../provider/dist/simulator/index.js";
import { Simulated, web } from "../alibaba/simulated.ts";

const dayMs = 24 * 3_600_000;

describe("a simulation under load", () => {
    const folder = mkdtempSync(join(tmpdir(), "machine-images-"));
    after(() => rmSync(folder, { recursive: true, force: true }));

    it("runs 10,000 jobs of a day in order, each with its effect and its log line", function () {
        this.timeout(30_000);
        const seed = { path: join(folder, "day.db"), seed: 1, clock: { mode: "frozen" }, wallNow: () => 0 } as const;
        const sim = new Simulation(seed);
        const thing = kind<{ ripeAt: number }>("test.thing");
        const ripen = kind<{ thingId: string }>("test.ripen");
        const scope = { cloud: "alibaba", account: "1", region: "here" } as const;
        sim.onJob(ripen, ({ store, body }) => store.change(thing, body.thingId, { ripeAt: sim.clock.now() }));
        const start = sim.clock.now();
        const count = 10_000;
        // 7919 and 10,000 have no common divisor: every due time occurs once, unordered.
        const dueAfter = (n: number) => Math.floor((((n * 7919) % count) / count) * dayMs);
        sim.database.transaction(() => {
            for (let n = 0; n < count; n++) {
                sim.store(scope).put(thing, `t-${n}`, { ripeAt: 0 });
                sim.schedule(ripen, scope, dueAfter(n), { thingId: `t-${n}` });
            }
        });
        sim.advance(dayMs);
        assert.equal(sim.pendingJobs, 0);
        for (const [n, { value }] of sim.store(scope).list(thing).entries()) {
            assert.equal(value.ripeAt - start, dueAfter(n));
        }
        const times = sim.calls.list(0, count + 1).map(({ at }) => Date.parse(at));
        assert.equal(times.length, count);
        assert.deepEqual(
            times,
            times.toSorted((a, b) => a - b),
        );
        sim.close();
    });

    it("returns equal bytes for equal requests and has an equal final state, for 20 seeds, restarted or not", async function () {
        this.timeout(60_000);
        const hashes = new Set<string>();
        for (let seed = 1; seed <= 20; seed++) {
            const inMemory = await history(seed, ":memory:");
            const inFile = await history(seed, join(folder, `seed-${seed}.db`));
            assert.deepEqual(inFile, inMemory);
            hashes.add(inMemory.hash);
        }
        assert.equal(hashes.size, 20);
    });

    /** The answers and the final objects of the clouds. A simulation in a file is closed and opened in between. */
    async function history(seed: number, data: string): Promise<{ answers: string[]; hash: string }> {
        const answers: string[] = [];
        let simulator = await startSimulator({ clock: "frozen", seed, data });
        let cloud = new Simulated(simulator);
        const call = async (product: "swas" | "ecs", action: string, parameters: Record<string, string>) => {
            const { text, body } = await cloud[product].call(action, parameters);
            answers.push(text);
            return body;
        };
        const DiskId = await cloud.systemDisk();
        for (const [n, name] of ["one", "two", "two"].entries()) {
            const { SnapshotId } = await call("swas", "CreateSnapshot", { DiskId, SnapshotName: `snapshot-${name}` });
            cloud.advance(60_000);
            if (n === 1 && data !== ":memory:") {
                await simulator.close();
                simulator = await startSimulator({ seed, data });
                cloud = new Simulated(simulator);
            }
            const image = { InstanceId: web, SystemSnapshotId: SnapshotId ?? "", ImageName: `image-${name}` };
            const { ImageId } = await call("swas", "CreateCustomImage", image);
            cloud.advance(180_000);
            await call("swas", "ModifyImageShareStatus", { ImageId: ImageId ?? "", Operation: "Share" });
            await call("ecs", "CopyImage", { ImageId: ImageId ?? "", DestinationImageName: name });
        }
        cloud.advance(5 * 60_000);
        await call("ecs", "DescribeImages", {});
        await call("swas", "ListCustomImages", {});
        const hash = stateHash(cloud.sim.database);
        await simulator.close();
        return { answers, hash };
    }
});
