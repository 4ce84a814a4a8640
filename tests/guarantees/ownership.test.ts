import fc from "fast-check";
import { isClockMoved } from "../clock/movedClocks.ts";
import { ownershipFound } from "./ownershipFound.ts";
import { takenInProcess } from "./ownershipInProcess.ts";
import { sequences } from "./ownershipSteps.ts";

const runs = Number(process.env.FC_RUNS ?? (isClockMoved ? 20 : 500));
// The same seed in every run, so that a failure is caused by a change of the code. Longer runs can use other seeds.
const seed = Number(process.env.FC_SEED ?? 2);

describe(`${runs} random lifecycles of stacks, with seed ${seed} (FC_SEED)`, () => {
    it("leave every object with its owner, none unconfirmed and none orphaned", async function () {
        this.timeout(2000 * runs);
        const property = fc.asyncProperty(sequences({ minLength: 1, maxLength: 6 }), takenInProcess);
        await fc.assert(property, { numRuns: runs, seed, examples: ownershipFound.map((one) => [one]) });
    });
});
