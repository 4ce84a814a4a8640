import fc from "fast-check";
import { inClouds } from "./clouds.ts";
import { Model } from "./model.ts";
import { randomSteps, type Step } from "./randomProgram.ts";

const runs = Number(process.env.FC_RUNS ?? 200);

/** Failures that were found, shrunk. */
const found: readonly (readonly Step[])[] = [];

const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);

describe(`${runs} random programs, of seed ${seed} (FC_SEED)`, () => {
    it("leave the clouds as the program says, nothing doubled, nothing left, and nothing more to do", async function () {
        this.timeout(2000 * runs);
        const property = fc.asyncProperty(randomSteps({ minLength: 3, maxLength: 9 }), (steps) =>
            inClouds({ profile: "cbr" }, async (clouds) => {
                const model = new Model(clouds);
                for (const step of steps) await model.take(step);
                await model.end();
            }),
        );
        await fc.assert(property, { numRuns: runs, seed, examples: found.map((steps) => [steps]) });
    });
});
