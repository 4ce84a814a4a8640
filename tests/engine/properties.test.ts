import fc from "fast-check";
import { world as clouds } from "../guarantees/clouds.ts";
import { type Disturbed, Model, type Subject } from "../guarantees/model.ts";
import { randomSteps } from "../guarantees/randomProgram.ts";
import { cloudsOf } from "../resources/simulated.ts";
import { pulumiProgram } from "./program.ts";
import { type EngineStack, engineStack } from "./stack.ts";

const runs = Number(process.env.FC_RUNS ?? 10);
// A fixed seed, so that a failure is caused by the change under test. Use other seeds for longer runs.
const seed = Number(process.env.FC_SEED ?? 2);

/** A stack on the real engine. The only faults are kills, because the plugin waits for retries in real time. */
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

describe(`${runs} random programs on the real engine, with seed ${seed} (FC_SEED)`, () => {
    it("leave the clouds as declared: no duplicate, no orphan, and another up changes nothing", async function () {
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
        // Shrinking needs many runs, so use tests/guarantees/properties.test.ts to shrink a failure.
        await fc.assert(property, { numRuns: runs, seed, endOnFailure: true });
    });
});
