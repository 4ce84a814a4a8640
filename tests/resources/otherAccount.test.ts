import assert from "node:assert/strict";
import { creations } from "./creations.ts";
import { cloudsOf, simulated } from "./simulated.ts";

describe("keys of a different account than that of the object", () => {
    for (const { name, profile = "cbr", resource, base } of creations) {
        it(`${name}: a refresh, an update and a deletion refuse the keys`, async () => {
            const world = await simulated({ profile });
            try {
                const object = resource(world, "it");
                const inputs = { ...(await base(world)), timeouts: { create: "5h" } };
                await object.up(inputs);
                const { id } = object;
                const { simulator, clouds } = world;
                const left = world.left();
                const others = cloudsOf(simulator, { now: () => 0, sleep: async () => {} }, { account: 1 });
                const own = { alibaba: clouds.alibaba, huawei: clouds.huawei };
                Object.assign(clouds, { alibaba: others.alibaba, huawei: others.huawei });
                const refused =
                    /is in (account|project) \S+, but the keys in use belong to (account|project) \S+: use the keys/;
                await assert.rejects(object.refresh(), refused);
                await assert.rejects(object.up({ ...inputs, tags: { a: "b" } }), refused);
                await assert.rejects(object.destroy(), refused);
                assert.equal(object.id, id);
                assert.deepEqual(world.left(), left);
                Object.assign(clouds, own);
                assert.equal(await object.refresh(), "quiet");
                assert.equal(await object.up(inputs), "same");
            } finally {
                await world.close();
            }
        });
    }
});
