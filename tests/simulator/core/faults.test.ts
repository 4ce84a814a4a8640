import assert from "node:assert/strict";
import type { Fault } from "../../../provider/dist/simulator/core/faultRules.js";
import { Simulation } from "../../../provider/dist/simulator/core/simulation.js";
import { type RunningSimulator, startSimulator } from "../../../provider/dist/simulator/index.js";

const target = { cloud: "alibaba", account: "1", region: "here", action: "swas.ListImages", ids: ["m-1"] };
const refuse = { refuse: { status: 500, code: "Broken", message: "broken" } };

describe("faults", () => {
    const open = (seed = 1) => new Simulation({ path: ":memory:", seed, clock: { mode: "frozen" }, wallNow: () => 0 });

    it("affect only what they match", () => {
        const matches: [Fault & { effect: object }, boolean][] = [
            [{ match: {}, effect: refuse }, true],
            [{ match: { cloud: "alibaba", action: "swas.List*", account: "1", region: "here" }, effect: refuse }, true],
            [{ match: { resource: "m-1" }, effect: refuse }, true],
            [{ match: { cloud: "huawei" }, effect: refuse }, false],
            [{ match: { action: "swas.List" }, effect: refuse }, false],
            [{ match: { account: "2" }, effect: refuse }, false],
            [{ match: { resource: "m-2" }, effect: refuse }, false],
            [{ match: {}, effect: { failJob: "no" } }, false],
        ];
        for (const [errorRule, isHit] of matches) {
            const sim = open();
            sim.faults.add(errorRule);
            assert.equal(sim.faults.match(target).length, isHit ? 1 : 0, JSON.stringify(errorRule));
            sim.close();
        }
    });

    it("affect the n-th match, a limited number of matches, and matches by chance from the seed", () => {
        const hits = (errorRule: Fault, seed = 1) => {
            const sim = open(seed);
            sim.faults.add(errorRule);
            const hitFlags = Array.from({ length: 40 }, () => (sim.faults.match(target).length > 0 ? 1 : 0));
            sim.close();
            return hitFlags.join("");
        };
        assert.equal(hits({ match: { nth: 3 }, effect: refuse }).indexOf("1"), 2);
        assert.equal(hits({ match: { nth: 3 }, effect: refuse }).lastIndexOf("1"), 2);
        assert.equal(hits({ match: {}, effect: refuse, times: 2 }), `11${"0".repeat(38)}`);
        const byChance = hits({ match: { probability: 0.5 }, effect: refuse });
        assert.match(byChance, /1/);
        assert.match(byChance, /0/);
        assert.equal(byChance, hits({ match: { probability: 0.5 }, effect: refuse }));
        assert.notEqual(byChance, hits({ match: { probability: 0.5 }, effect: refuse }, 2));
    });

    it("are combined: one decides, and delays are added", () => {
        const sim = open();
        sim.faults.add({ match: {}, effect: { latencyMs: 5 } });
        sim.faults.add({ match: {}, effect: { throttle: {} }, times: 1 });
        sim.faults.add({ match: {}, effect: refuse, times: 1 });
        assert.deepEqual(sim.faults.match(target), [{ latencyMs: 5 }, { throttle: {} }]);
        assert.deepEqual(sim.faults.match(target), [{ latencyMs: 5 }, refuse]);
        assert.deepEqual(sim.faults.match(target), [{ latencyMs: 5 }]);
        sim.close();
    });
});

describe("faults over HTTP", () => {
    let simulator: RunningSimulator;
    beforeEach(async () => {
        simulator = await startSimulator({ clock: "frozen" });
    });
    afterEach(() => simulator.close());

    const token = { auth: { identity: { methods: ["password"], password: { user: { name: "", password: "" } } } } };
    const ask = () =>
        fetch(`${simulator.url}/v3/auth/tokens`, { method: "POST", body: JSON.stringify(token), keepalive: false });
    const inject = (effect: object, times = 1) =>
        fetch(`${simulator.url}/_simulator/faults`, {
            method: "POST",
            headers: { authorization: `Bearer ${simulator.adminToken}` },
            body: JSON.stringify({ match: { action: "iam.*" }, effect, times }),
        });

    it("can be an HTML page, a broken connection before or after the work, or half of an answer", async () => {
        const { status } = await ask();
        await inject({ html: 502 });
        const page = await ask();
        assert.equal(page.status, 502);
        assert.match(await page.text(), /<html>/);
        for (const reset of ["before", "after"]) {
            await inject({ reset });
            await assert.rejects(ask());
        }
        await inject({ truncate: true });
        await assert.rejects(ask().then((response) => response.text()));
        assert.equal((await ask()).status, status);
    });

    it("are rejected if they are invalid", async () => {
        for (const effect of [{}, { html: 200 }, { nonsense: 1 }, { latencyMs: -1 }]) {
            assert.equal((await inject(effect)).status, 400, JSON.stringify(effect));
        }
    });
});
