import fc from "fast-check";
import { isClockMoved } from "../clock/movedClocks.ts";
import { ownershipFound } from "./ownershipFound.ts";
import { takenInProcess } from "./ownershipInProcess.ts";
import { sequences } from "./ownershipSteps.ts";

const runs = Number(process.env.FC_RUNS ?? (isClockMoved ? 20 : 500));
// The same in every run, so that a failure is of what was changed. Other seeds are for longer runs.
const seed = Number(process.env.FC_SEED ?? 2);

describe(`${runs} random lives of stacks, of seed ${seed} (FC_SEED)`, () => {
    it("leave every object to its owner, nothing unconfirmed and nothing behind", async function () {
        this.timeout(2000 * runs);
        const property = fc.asyncProperty(sequences({ minLength: 1, maxLength: 6 }), takenInProcess);
        await fc.assert(property, { numRuns: runs, seed, examples: ownershipFound.map((one) => [one]) });
    });
});
