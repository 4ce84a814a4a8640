import assert from "node:assert/strict";
import fc from "fast-check";
import { rowsOf } from "../clock/movedClocks.ts";
import { type Creation, creations } from "./creations.ts";
import { type Managed, type Properties, type Simulated, simulated } from "./simulated.ts";

/** How long clouds keep the token of an order. */
const dayMs = 24 * 3_600_000;
const runs = Number(process.env.FC_RUNS ?? 3);
// The same seed in every run, so that a failure is caused by a change of the code. Longer runs can use other seeds.
const seed = Number(process.env.FC_SEED ?? 2);

/** From a create to the deletion of its object. */
interface Life {
    inputs: Properties;
    /** The create is killed after this number of changes, and repeated. */
    killedAfter?: number;
}

async function live({ resource, world, life }: { resource: Managed; world: Simulated; life: Life }): Promise<void> {
    const { inputs, killedAfter } = life;
    if (killedAfter !== undefined) await world.killedAfter(killedAfter, () => resource.upAndDie(inputs));
    assert.equal(await resource.up(inputs), "create");
    assert.equal(await resource.up(inputs), "same");
    await resource.destroy();
}

/** The clouds' errors for a token that is reused with another request. */
const reusedToken = /IdempotentParameterMismatch|Ecs\.0005/;

async function liveAll(creation: Creation, livesOf: (inputs: Properties) => Life[]): Promise<void> {
    const world = await simulated({ profile: creation.profile });
    try {
        const { clock } = world.simulator.sim;
        const inputs = { ...(await creation.base(world)) };
        const before = world.left();
        const began = clock.now();
        const resource = creation.resource(world, "it");
        for (const life of livesOf(inputs)) await live({ resource, world, life });
        assert.ok(clock.now() - began < dayMs, "the first order's token is valid until the end");
        assert.deepEqual(world.left(), before);
        const refused = world.calls().filter(({ outcome }) => reusedToken.test(outcome));
        assert.deepEqual(refused, []);
    } finally {
        await world.close();
    }
}

const tagged = (inputs: Properties, round: number) => ({ ...inputs, tags: { round: String(round) } });

describe("a resource that is deleted and created again within a day leaves no orphans", () => {
    for (const creation of rowsOf(creations)) {
        it(`${creation.name}, three times with the same inputs`, () =>
            liveAll(creation, (inputs) => [{ inputs }, { inputs }, { inputs }]));

        it(`${creation.name}, with another tag each time`, () =>
            liveAll(creation, (inputs) => [1, 2, 3].map((round) => ({ inputs: tagged(inputs, round) }))));

        it(`${creation.name}, with each create interrupted (seed ${seed}, FC_SEED)`, async function () {
            this.timeout(10_000 * runs);
            const life = fc.record({
                round: fc.integer({ min: 1, max: 2 }),
                // After the last change, the run is killed before its state is saved.
                killedAfter: fc.integer({ min: 1, max: creation.changes + 1 }),
            });
            const lives = fc.array(life, { minLength: 3, maxLength: 3 });
            const property = fc.asyncProperty(lives, (all) =>
                liveAll(creation, (inputs) =>
                    all.map(({ round, killedAfter }) => ({ inputs: tagged(inputs, round), killedAfter })),
                ),
            );
            await fc.assert(property, { numRuns: runs, seed });
        });
    }
});
