import assert from "node:assert/strict";
import { creations } from "./creations.ts";
import { simulated } from "./simulated.ts";

describe("an object that no list shows yet, and whose tags change after a kill", () => {
    for (const creation of creations.filter(({ edits }) => edits.tags !== undefined)) {
        it(`is not duplicated: ${creation.name}`, async () => {
            const world = await simulated({ profile: creation.profile, lagSeconds: 3600, pollSeconds: 60 });
            try {
                const base = { ...(await creation.base(world)), timeouts: { create: "5h" } };
                const before = world.left();
                await world.killedAfter(creation.changes, () => creation.resource(world, "it").upAndDie(base));
                world.simulator.sim.advance(1_200_000);
                const resource = creation.resource(world, "it");
                const changed = { ...base, tags: creation.edits.tags };
                await resource.up(changed);
                const made = () =>
                    world.made().filter(({ kind, id }) => kind === creation.kind && !before.includes(`${kind} ${id}`));
                world.simulator.sim.advance(2 * 3_600_000);
                assert.equal(await resource.up(changed), "same");
                assert.deepEqual(
                    made().map(({ id }) => id),
                    [resource.id],
                );
                await resource.destroy();
                assert.deepEqual(world.left(), before);
            } finally {
                await world.close();
            }
        });
    }
});
