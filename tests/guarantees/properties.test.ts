import fc from "fast-check";
import { isClockMoved } from "../clock/movedClocks.ts";
import type { Simulated } from "../resources/simulated.ts";
import { inClouds } from "./clouds.ts";
import { killedAfter, manyFaults } from "./disturbances.ts";
import { found } from "./found.ts";
import { type Disturbed, Model, type Subject } from "./model.ts";
import { ProgramStack } from "./programStack.ts";
import { randomSteps } from "./randomProgram.ts";

const runs = Number(process.env.FC_RUNS ?? (isClockMoved ? 10 : 200));

/** A stack that uses the adapter in this process. */
function inProcess(clouds: Simulated): Subject {
    const stack = new ProgramStack(clouds);
    const run = (work: () => Promise<unknown>, disturbed: Disturbed | undefined): Promise<unknown> => {
        if (disturbed === "faults") return manyFaults(clouds, work);
        return disturbed ? killedAfter(disturbed.kill)(clouds, work) : work();
    };
    return {
        find: async (name) => stack.find(name),
        preview: async (program) => Object.values(await stack.preview(program)),
        up: (program, disturbed) => run(() => stack.up(program), disturbed),
        refresh: () => stack.refresh(),
        destroy: (disturbed) => run(() => stack.destroy(), disturbed),
    };
}

// The same seed in every run, so that a failure is caused by a change of the code. Longer runs can use other seeds.
const seed = Number(process.env.FC_SEED ?? 2);

describe(`${runs} random programs, with seed ${seed} (FC_SEED)`, () => {
    it("leave the clouds as declared, without duplicates, orphans or planned changes", async function () {
        this.timeout(2000 * runs);
        const property = fc.asyncProperty(randomSteps({ minLength: 4, maxLength: 12 }), (steps) =>
            inClouds({ profile: "cbr" }, async (clouds) => {
                // Snapshots that a person orphaned by deleting images count for the snapshot quota of a server.
                clouds.simulator.sim.quotas.change("alibaba.swas.snapshotsPerServer", 20);
                const model = new Model(inProcess(clouds), clouds);
                for (const step of steps) await model.take(step);
                await model.end();
            }),
        );
        await fc.assert(property, { numRuns: runs, seed, examples: found.map((steps) => [steps]) });
    });
});
