import assert from "node:assert/strict";
import {
    markedTags,
    nameFor,
    ownerMark,
    requestToken,
    tagChanges,
    userTags,
} from "../../provider/dist/lifecycle/origin.js";

const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/machine-images:CustomImage::web golden/1";

describe("what marks an object as a resource's own", () => {
    it("is the same for the same resource, and another for the one that replaces an object", () => {
        assert.equal(ownerMark({ urn }), ownerMark({ urn }));
        assert.notEqual(ownerMark({ urn }), ownerMark({ urn, replaces: "m-1" }));
        assert.notEqual(ownerMark({ urn }), ownerMark({ urn: urn.replace("dev", "prod") }));
    });

    it("makes a name that every cloud accepts", () => {
        assert.match(nameFor({ urn }), /^web-golden-1-[0-9a-f]{7}$/);
        assert.match(nameFor({ urn: "urn::1" }), /^image-[0-9a-f]{7}$/);
        assert.ok(nameFor({ urn: `urn::${"x".repeat(200)}` }).length <= 40);
        assert.notEqual(nameFor({ urn }), nameFor({ urn, replaces: "m-1" }));
    });

    it("gives a token for each step and each attempt", () => {
        const tokens = [requestToken({ urn }, "a"), requestToken({ urn }, "a", 1), requestToken({ urn }, "b")];
        assert.equal(new Set(tokens).size, 3);
        assert.equal(requestToken({ urn }, "a"), tokens[0]);
    });

    it("is never shown among the user's tags", () => {
        const tags = markedTags({ urn }, { team: "web" });
        assert.equal(Object.keys(tags).length, 2);
        assert.deepEqual(userTags(tags, { team: "web" }), { team: "web" });
        assert.equal(userTags(markedTags({ urn }, undefined), undefined), undefined);
    });

    it("finds the smallest change of tags", () => {
        assert.deepEqual(tagChanges({ a: "1", b: "2", c: "3" }, { a: "1", b: "x", d: "4" }), {
            set: { b: "x", d: "4" },
            remove: ["c"],
        });
    });
});
