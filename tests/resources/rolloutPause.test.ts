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

    /** Seconds of the clouds' clock that an `up` takes. */
    async function secondsOf(inputs: { after: Record<string, string>; pause: string }) {
        const { clock } = world.simulator.sim;
        const began = clock.now();
        const operation = await pause.up(inputs);
        return { operation, seconds: (clock.now() - began) / 1000 };
    }
    const first = { after: { "web-1": "i-1", "web-1-system": "m-1" }, pause: "5m" };

    it("takes no time when it is made, and none while the batch before it stays", async () => {
        assert.deepEqual(await secondsOf(first), { operation: "create", seconds: 0 });
        assert.equal(pause.id, "web-pause-1");
        assert.deepEqual(await secondsOf(first), { operation: "same", seconds: 0 });
        assert.deepEqual(await secondsOf({ ...first, pause: "10m" }), { operation: "update", seconds: 0 });
    });

    for (const [what, changed] of Object.entries({ server: { "web-1": "i-2" }, image: { "web-1-system": "m-2" } })) {
        it(`waits as long as it says after another ${what}, and shows what is left`, async () => {
            await pause.up(first);
            const after = { ...first.after, ...changed };
            assert.deepEqual(await secondsOf({ ...first, after }), { operation: "update", seconds: 300 });
            assert.equal(world.progress[0], "pausing (5 min left)");
            assert.ok(world.progress.includes("pausing (2 min left)"));
            assert.equal(world.progress.at(-1), "");
            assert.deepEqual(await secondsOf({ ...first, after }), { operation: "same", seconds: 0 });
        });
    }

    it("does not wait for servers that are new in the batch, or no longer in it", async () => {
        await pause.up(first);
        const more = { ...first.after, "web-2": "i-2" };
        assert.deepEqual(await secondsOf({ ...first, after: more }), { operation: "update", seconds: 0 });
        assert.deepEqual(await secondsOf({ ...first, after: { "web-2": "i-2" } }), { operation: "update", seconds: 0 });
    });

    it("waits again when the run was killed while it waited", async () => {
        await pause.up(first);
        const next = { after: { "web-1": "i-2" }, pause: "5m" };
        await pause.upAndDie(next);
        assert.deepEqual(await secondsOf(next), { operation: "update", seconds: 300 });
    });

    it("is an update in a preview that does not know the new servers, refuses what is no duration, and goes without a trace", async () => {
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
