import assert from "node:assert/strict";
import { configKeys, pollMsFrom, whereFrom } from "../../provider/dist/clouds/settings.js";

const config =
    (values: Record<string, string> = {}) =>
    (key: string) =>
        values[key];

describe("the stack's configuration", () => {
    it("names a simulator by endpoint, an embedded one, or the real clouds", () => {
        assert.deepEqual(whereFrom(config({ [configKeys.endpoint]: "http://127.0.0.1:1/" })), {
            kind: "endpoint",
            url: "http://127.0.0.1:1",
        });
        assert.deepEqual(whereFrom(config({ [configKeys.simulator]: "embedded" })), {
            kind: "embedded",
            data: ".machine-images/simulator.db",
            clock: "scaled:60",
        });
        assert.deepEqual(whereFrom(config()), { kind: "public" });
        assert.deepEqual(whereFrom(config({ [configKeys.simulator]: "off" })), { kind: "public" });
    });

    it("is refused with the key's name when it makes no sense", () => {
        assert.throws(() => whereFrom(config({ [configKeys.endpoint]: "localhost:1" })), /endpoint is no http/);
        assert.throws(() => whereFrom(config({ [configKeys.simulator]: "yes" })), /simulator "yes" is not known/);
        assert.throws(
            () => pollMsFrom(config({ [configKeys.pollSeconds]: "0" }), { kind: "public" }),
            /pollSeconds "0" is not possible/,
        );
    });

    it("keeps within the real clouds' quota, and hurries with a simulation that hurries", () => {
        assert.equal(pollMsFrom(config(), { kind: "public" }), 6000);
        assert.equal(pollMsFrom(config(), { kind: "endpoint", url: "http://127.0.0.1:1" }), 6000);
        const embedded = (clock: string) => pollMsFrom(config(), { kind: "embedded", data: "x", clock });
        assert.equal(embedded("scaled:60"), 100);
        assert.equal(embedded("real"), 6000);
        assert.equal(embedded("auto"), 50);
        assert.equal(pollMsFrom(config({ [configKeys.pollSeconds]: "0.5" }), { kind: "public" }), 500);
    });
});
