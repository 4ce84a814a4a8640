import fc from "fast-check";
import { world as clouds } from "../guarantees/clouds.ts";
import { type Disturbed, Model, type Subject } from "../guarantees/model.ts";
import { randomSteps } from "../guarantees/randomProgram.ts";
import { cloudsOf } from "../resources/simulated.ts";
import { pulumiProgram } from "./program.ts";
import { type EngineStack, engineStack } from "./stack.ts";

const runs = Number(process.env.FC_RUNS ?? 10);
// The same in every run, so that a failure is of what was changed. Other seeds are for longer runs.
const seed = Number(process.env.FC_SEED ?? 2);

/** A stack on the real engine; only kills disturb it, because its plugin waits for its retries in real time. */
function onEngine(world: EngineStack): Subject {
    const run = async (work: () => Promise<unknown>, disturbed: Disturbed | undefined) => {
        if (disturbed === undefined || disturbed === "faults") return work();
        let isKilled = false;
        const giveUp = world.killPluginAfterChange(disturbed.kill, () => {
            isKilled = true;
        });
        await work().catch((error: unknown) => {
            if (!isKilled) throw error;
        });
        giveUp();
    };
    return {
        find: async (name) =>
            (await world.stored()).find(({ urn, delete: isOld }) => urn.endsWith(`::${name}`) && !isOld),
        preview: async (program) => {
            world.use(pulumiProgram(program));
            return Object.values((await world.preview()).operations);
        },
        up: (program, disturbed) => {
            world.use(pulumiProgram(program));
            return run(() => world.up(), disturbed);
        },
        refresh: () => world.refresh(),
        destroy: (disturbed) => run(() => world.destroy(), disturbed),
    };
}

describe(`${runs} random programs on the real engine, of seed ${seed} (FC_SEED)`, () => {
    it("leave the clouds as the program says, nothing doubled, nothing left, and nothing more to do", async function () {
        this.timeout(60_000 * runs);
        let number = 0;
        const property = fc.asyncProperty(randomSteps({ minLength: 0, maxLength: 2 }), async (steps) => {
            const world = await engineStack(`property-${++number}`, { world: clouds });
            try {
                const time = { now: () => world.simulator.sim.clock.now(), sleep: async () => {} };
                const console = { ...world, clouds: cloudsOf(world.simulator, time) };
                world.simulator.sim.quotas.change("alibaba.swas.snapshotsPerServer", 20);
                const model = new Model(onEngine(world), console);
                for (const step of [...steps, { do: "up" } as const]) await model.take(step);
                await model.end();
            } finally {
                await world.close();
            }
        });
        // Shrinking takes many runs: the steps of a failure are shrunk by tests/guarantees/properties.test.ts.
        await fc.assert(property, { numRuns: runs, seed, endOnFailure: true });
    });
});
