import assert from "node:assert/strict";
import { isLargeInteger, parseJson, parseTexts } from "../../provider/dist/core/json.js";

describe("JSON with numbers that become text", () => {
    it("keeps the digits of integers beyond 2^53 as text, at any depth", () => {
        const text = '{"id":9123456789012347,"list":[-9007199254740993,{"size":20251130123456789}]}';
        assert.deepEqual(parseJson(text), {
            id: "9123456789012347",
            list: ["-9007199254740993", { size: "20251130123456789" }],
        });
    });

    it("leaves every other value unchanged", () => {
        const text = '[0,-1,9007199254740991,1.5,1e3,1e400,true,null,"9123456789012347"]';
        assert.deepEqual(parseJson(text), JSON.parse(text));
    });

    it("keeps numbers, true and false as they are written if text is expected", () => {
        const text = '{"a":4711,"b":true,"c":1.10,"d":9123456789012347,"e":"x","f":null,"g":{"h":[1e3]}}';
        assert.deepEqual(parseTexts(text), {
            ...{ a: "4711", b: "true", c: "1.10", d: "9123456789012347", e: "x", f: null },
            g: { h: ["1e3"] },
        });
    });

    it("recognizes integers that a number cannot hold", () => {
        assert.deepEqual(["9007199254740991", "-9007199254740991", "1e400", "x"].filter(isLargeInteger), []);
        assert.ok(["9007199254740992", "-9007199254740992", "9".repeat(400)].every(isLargeInteger));
    });
});
