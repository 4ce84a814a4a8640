import assert from "node:assert/strict";
import {
    claim,
    contentOf,
    firstMark,
    leftoversBeside,
    nameFor,
    nextMark,
    type Owned,
    ownershipTag,
    readOwnership,
    requestToken,
    tagsWith,
} from "../../provider/dist/lifecycle/ownership.js";
import { tagChanges, userTags } from "../../provider/dist/lifecycle/tags.js";

const origin = { urn: "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/machine-images:CustomImage::web golden/1" };
const content = contentOf({ server: "s-1" });
const first = firstMark(origin);

const object = (
    id: string,
    mark: string,
    state: Partial<{ pending: boolean; failed: boolean; content: string }> = {},
): Owned => ({
    id,
    ownership: { mark, content: state.content ?? content, isPending: state.pending ?? false },
    hasFailed: state.failed ?? false,
});

describe("whose an object is", () => {
    it("is told by a tag that can be read back, and by no other", () => {
        for (const isPending of [true, false]) {
            for (const given of [{}, { isOfGiven: true } as const]) {
                const ownership = { mark: first, content, isPending, ...given };
                assert.deepEqual(readOwnership(ownershipTag(ownership)), ownership);
                assert.ok(ownershipTag(ownership).length <= 43, "the longest value of a tag in IMS");
            }
        }
        for (const tag of [undefined, "", "mine", `${first}`, `${first}.${content}.done`]) {
            assert.equal(readOwnership(tag), undefined);
        }
    });

    it("is the same for the same resource only", () => {
        assert.equal(first, firstMark({ ...origin }));
        assert.notEqual(first, firstMark({ urn: origin.urn.replace("dev", "prod") }));
        assert.notEqual(nextMark(first, "m-1"), nextMark(first, "m-2"));
    });

    it("makes a name that every cloud accepts, and a token for each attempt", () => {
        assert.match(nameFor(origin, first), /^web-golden-1-[0-9a-f]{7}$/);
        assert.match(nameFor({ urn: "urn::1" }, first), /^image-[0-9a-f]{7}$/);
        assert.ok(nameFor({ urn: `urn::${"x".repeat(200)}` }, first).length <= 40);
        const ownership = { mark: first, content, isPending: true };
        assert.notEqual(requestToken(ownership, 0), requestToken(ownership, 1));
        assert.notEqual(requestToken(ownership, 0), requestToken({ ...ownership, content: contentOf("other") }, 0));
    });

    it("is not shown among the user's tags", () => {
        const tags = tagsWith({ mark: first, content, isPending: true }, { team: "web" });
        assert.equal(Object.keys(tags).length, 2);
        assert.deepEqual(userTags(tags, { team: "web" }), { team: "web" });
        assert.deepEqual(tagChanges({ a: "1", b: "2", c: "3" }, { a: "1", b: "x", d: "4" }), {
            set: { b: "x", d: "4" },
            remove: ["c"],
        });
    });
});

describe("what is done before an object is made", () => {
    it("nothing, when there is none", () => {
        const others = [object("m-9", firstMark({ urn: "urn::other" }))];
        assert.deepEqual(claim(origin, content, others), {
            ownership: { mark: first, content, isPending: true },
            adopt: undefined,
            discard: [],
        });
    });

    it("an interrupted run's object is gone on with when it is made of the same, and discarded otherwise", () => {
        const same = object("m-1", first, { pending: true });
        assert.equal(claim(origin, content, [same]).adopt, same);
        const other = object("m-2", first, { pending: true, content: contentOf("other") });
        const failed = object("m-3", first, { pending: true, failed: true });
        assert.deepEqual(claim(origin, content, [other, failed]).discard, [other, failed]);
        assert.equal(claim(origin, content, [other, failed]).adopt, undefined);
    });

    it("an object that the state may hold is left alone: the new one gets the next mark, again and again", () => {
        const live = object("m-1", first);
        const replacing = claim(origin, content, [live]);
        assert.deepEqual(replacing, {
            ownership: { mark: nextMark(first, "m-1"), content, isPending: true },
            adopt: undefined,
            discard: [],
        });
        const begun = object("m-2", nextMark(first, "m-1"), { pending: true });
        assert.equal(claim(origin, content, [live, begun]).adopt, begun);
        const retained = [live, object("m-2", nextMark(first, "m-1"))];
        assert.equal(claim(origin, content, retained).ownership.mark, nextMark(nextMark(first, "m-1"), "m-2"));
    });

    it("leftovers beside an object go with it, and nothing that the state may hold", () => {
        const live = object("m-1", first);
        const begun = object("m-2", nextMark(first, "m-1"), { pending: true });
        const held = object("m-3", nextMark(first, "m-1"));
        const others = object("m-4", firstMark({ urn: "urn::other" }), { pending: true });
        assert.deepEqual(leftoversBeside(origin, "m-1", [live, begun, held, others]), [begun]);
    });
});
