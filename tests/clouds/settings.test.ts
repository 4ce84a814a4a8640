import assert from "node:assert/strict";
import { callQuotaFrom, configKeys, pollMsFrom, speedFrom, whereFrom } from "../../provider/dist/clouds/settings.js";

const config =
    (values: Record<string, string> = {}) =>
    (key: string) =>
        values[key];

describe("the stack's configuration", () => {
    it("selects a simulator by endpoint, an embedded one, or the real clouds", () => {
        assert.deepEqual(whereFrom(config({ [configKeys.endpoint]: "http://127.0.0.1:1/" })), {
            kind: "endpoint",
            url: "http://127.0.0.1:1",
        });
        assert.deepEqual(whereFrom(config({ [configKeys.simulator]: "embedded" })), {
            kind: "embedded",
            data: ".machine-images/simulator.db",
            clock: "scaled:60",
        });
        const old = { [configKeys.simulator]: "embedded", [configKeys.simulatorProfile]: "csbs" };
        assert.deepEqual(whereFrom(config(old)), {
            kind: "embedded",
            data: ".machine-images/simulator.db",
            clock: "scaled:60",
            profile: "csbs",
        });
        assert.deepEqual(whereFrom(config()), { kind: "public" });
        assert.deepEqual(whereFrom(config({ [configKeys.simulator]: "off" })), { kind: "public" });
    });

    it("is refused with the key's name if a value is invalid", () => {
        assert.throws(() => whereFrom(config({ [configKeys.endpoint]: "localhost:1" })), /endpoint must be an HTTP/);
        assert.throws(
            () => whereFrom(config({ [configKeys.simulator]: "yes" })),
            /simulator must be "embedded" or "off", not "yes"/,
        );
        const neither = { [configKeys.simulator]: "embedded", [configKeys.simulatorProfile]: "cbs" };
        assert.throws(() => whereFrom(config(neither)), /simulatorProfile must be "csbs" or "cbr", not "cbs"/);
        assert.throws(
            () => pollMsFrom(config({ [configKeys.pollSeconds]: "0" }), { kind: "public" }),
            /pollSeconds must be a number of seconds .*, not "0"/,
        );
    });

    it("keeps calls within the real quota from the start, and within a simulator's quota once it is known", () => {
        const real = { calls: 10, windowMs: 60_000, isCertain: true };
        assert.deepEqual(callQuotaFrom(config(), { kind: "public" }), real);
        const elsewhere = { kind: "endpoint", url: "http://127.0.0.1:1" } as const;
        assert.deepEqual(callQuotaFrom(config(), elsewhere), { ...real, isCertain: false });
        const embedded = { kind: "embedded", data: "x", clock: "scaled:60" } as const;
        assert.deepEqual(callQuotaFrom(config(), embedded), { calls: 10, windowMs: 1000, isCertain: false });
        const given = config({ [configKeys.callsPerMinute]: "30" });
        assert.deepEqual(callQuotaFrom(given, elsewhere), { ...real, calls: 30 });
        for (const wrong of ["0", "-1", "2.5", "many"]) {
            const asked = config({ [configKeys.callsPerMinute]: wrong });
            assert.throws(() => callQuotaFrom(asked, elsewhere), /callsPerMinute must be a whole number/);
        }
    });

    it("polls within the real clouds' quota, and faster if the simulation is faster", () => {
        assert.equal(pollMsFrom(config(), { kind: "public" }), 6000);
        assert.equal(pollMsFrom(config(), { kind: "endpoint", url: "http://127.0.0.1:1" }), 6000);
        const embedded = (clock: string) => pollMsFrom(config(), { kind: "embedded", data: "x", clock });
        assert.equal(embedded("scaled:60"), 100);
        assert.equal(embedded("real"), 6000);
        assert.equal(embedded("auto"), 50);
        assert.equal(pollMsFrom(config({ [configKeys.pollSeconds]: "0.5" }), { kind: "public" }), 500);
    });

    it("knows how much faster simulated clouds run, and that the speed of the real clouds is 1", () => {
        const polled = (seconds: string) => config({ [configKeys.pollSeconds]: seconds });
        assert.equal(speedFrom(polled("0.5"), { kind: "public" }), 1);
        const elsewhere = { kind: "endpoint", url: "http://127.0.0.1:1" } as const;
        assert.equal(speedFrom(config(), elsewhere), 1);
        assert.equal(speedFrom(polled("0.1"), elsewhere), 60);
        assert.equal(speedFrom(polled("12"), elsewhere), 1);
        const embedded = (clock: string) => ({ kind: "embedded", data: "x", clock }) as const;
        assert.equal(speedFrom(polled("1"), embedded("scaled:60")), 60);
        assert.equal(speedFrom(config(), embedded("real")), 1);
        assert.equal(speedFrom(config(), embedded("auto")), 120);
    });
});
