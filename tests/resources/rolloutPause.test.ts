import assert from "node:assert/strict";
import { unknownValue } from "../../provider/dist/pulumi/dynamic/unknown.js";
import { rolloutPause } from "../../provider/dist/resources/rolloutPause.handler.js";
import { type Managed, type Simulated, simulated } from "./simulated.ts";

describe("a RolloutPause", () => {
    let world: Simulated;
    let pause: Managed;
    before(async () => {
        world = await simulated();
    });
    beforeEach(() => {
        pause = world.resource(rolloutPause, "web-pause-1");
        world.progress.length = 0;
    });
    after(() => world.close());

    /** How many seconds on the clouds' clock an `up` takes. */
    async function secondsOf(inputs: { after: Record<string, string>; pause: string }) {
        const { clock } = world.simulator.sim;
        const began = clock.now();
        const operation = await pause.up(inputs);
        return { operation, seconds: (clock.now() - began) / 1000 };
    }
    const first = { after: { "web-1": "i-1", "web-1-system": "m-1" }, pause: "5m" };

    it("does not pause when it is created, or if the preceding batch is unchanged", async () => {
        assert.deepEqual(await secondsOf(first), { operation: "create", seconds: 0 });
        assert.equal(pause.id, "web-pause-1");
        assert.deepEqual(await secondsOf(first), { operation: "same", seconds: 0 });
        assert.deepEqual(await secondsOf({ ...first, pause: "10m" }), { operation: "update", seconds: 0 });
    });

    for (const [what, changed] of Object.entries({ server: { "web-1": "i-2" }, image: { "web-1-system": "m-2" } })) {
        it(`pauses for the declared time after a change of ${what}, and shows the remaining time`, async () => {
            await pause.up(first);
            const after = { ...first.after, ...changed };
            assert.deepEqual(await secondsOf({ ...first, after }), { operation: "update", seconds: 300 });
            assert.equal(world.progress[0], "pausing (5 min left)");
            assert.ok(world.progress.includes("pausing (2 min left)"));
            assert.equal(world.progress.at(-1), "");
            assert.deepEqual(await secondsOf({ ...first, after }), { operation: "same", seconds: 0 });
        });
    }

    it("does not pause for servers that were added to the batch or removed from it", async () => {
        await pause.up(first);
        const more = { ...first.after, "web-2": "i-2" };
        assert.deepEqual(await secondsOf({ ...first, after: more }), { operation: "update", seconds: 0 });
        assert.deepEqual(await secondsOf({ ...first, after: { "web-2": "i-2" } }), { operation: "update", seconds: 0 });
    });

    it("pauses again after a run that was killed during the pause", async () => {
        await pause.up(first);
        const next = { after: { "web-1": "i-2" }, pause: "5m" };
        await pause.upAndDie(next);
        assert.deepEqual(await secondsOf(next), { operation: "update", seconds: 300 });
    });

    it("is an update in a preview with unknown servers, refuses an invalid duration, and is deleted without a trace", async () => {
        await pause.up(first);
        assert.deepEqual(await pause.preview({ ...first, after: { "web-1": unknownValue } }), {
            failures: [],
            replaces: [],
        });
        const { failures } = await pause.preview({ ...first, pause: "5 minutes" });
        assert.deepEqual(failures, ['pause: must be a duration such as "90s", "45m" or "2h"']);
        await pause.destroy();
        assert.deepEqual(world.calls(), []);
    });
});
