import assert from "node:assert/strict";
import { isClockMoved, rowsOf } from "../clock/movedClocks.ts";
import { type Creation, creations } from "./creations.ts";
import { type Managed, type Properties, type Simulated, simulated } from "./simulated.ts";

const lags = isClockMoved ? [600] : [10, 60, 600, 3600];

/** How often the object was ordered, without repeated answers to the same token. */
const ordered = (world: Simulated, { kind }: Creation) => world.made().filter((one) => one.kind === kind).length;

async function based(
    creation: Creation,
    lagSeconds: number,
): Promise<{ world: Simulated; inputs: Properties; before: number }> {
    // Long waits do not poll every few seconds.
    const pollSeconds = lagSeconds > 60 ? 60 : undefined;
    const world = await simulated({ profile: creation.profile, lagSeconds, pollSeconds });
    const inputs = await creation.base(world);
    return { world, inputs: { ...inputs }, before: ordered(world, creation) };
}

describe("with any lag of lists and lookups, only one object is ordered", () => {
    for (const creation of rowsOf(creations)) {
        for (const lag of lags) {
            it(`${creation.name}, ${lag} s`, async () => {
                const { world, inputs, before } = await based(creation, lag);
                try {
                    const resource = creation.resource(world, "it");
                    const patient = { ...inputs, timeouts: { create: "3h" } };
                    assert.equal(await resource.up(patient), "create");
                    assert.equal(ordered(world, creation) - before, 1);
                    assert.equal(await resource.up(patient), "same");
                } finally {
                    await world.close();
                }
            });
        }

        it(`${creation.name}, later than the timeout: the id is kept, and the next up resumes the object`, async () => {
            const { world, inputs, before } = await based(creation, 3600);
            try {
                const resource = creation.resource(world, "it");
                const hasty = { ...inputs, timeouts: { create: "20m" } };
                await assert.rejects(upOf(resource, hasty), (error) => {
                    assert.match(String(error), /Run the same command again to continue waiting|timeouts/);
                    if (resource.id !== undefined) assert.match(String(error), new RegExp(resource.id));
                    return true;
                });
                assert.ok(ordered(world, creation) - before <= 1);
                world.simulator.sim.advance(2 * 3_600_000);
                const again = creation.resource(world, "it");
                again.id = resource.id;
                again.outs = resource.outs;
                await again.up({ ...inputs, timeouts: { create: "3h" } });
                assert.equal(ordered(world, creation) - before, 1);
            } finally {
                await world.close();
            }
        });

        for (const lag of lags) {
            it(`${creation.name}, ${lag} s and a kill after each change`, async function () {
                this.timeout(60_000);
                for (let k = 1; k <= creation.changes; k++) {
                    const { world, inputs, before } = await based(creation, lag);
                    try {
                        const patient = { ...inputs, timeouts: { create: "3h" } };
                        await world.killedAfter(k, () => creation.resource(world, "it").upAndDie(patient));
                        const resource = creation.resource(world, "it");
                        await resource.up(patient);
                        assert.equal(ordered(world, creation) - before, 1, `killed after change ${k}`);
                    } finally {
                        await world.close();
                    }
                }
            });
        }
    }
});

const upOf = (resource: Managed, inputs: Properties) => resource.up(inputs);
