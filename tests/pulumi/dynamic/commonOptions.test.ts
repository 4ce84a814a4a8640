import assert from "node:assert/strict";
import { z } from "zod";
import {
    inputNames,
    protectionProblems,
    refuseProtected,
    versionProblems,
    withDefaultTags,
    withPreviousVersions,
} from "../../../provider/dist/pulumi/dynamic/commonOptions.js";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const names = new Set(["tags", "previousVersions"]);

describe("the common options", () => {
    it("are found by the names of the inputs, in every form", () => {
        const one = z.strictObject({ a: z.string() });
        const other = z.strictObject({ b: z.string() });
        assert.deepEqual([...inputNames(one)], ["a"]);
        assert.deepEqual([...inputNames(z.union([one, other]))], ["a", "b"]);
        assert.deepEqual([...inputNames(z.string())], []);
    });

    const config = (value: string) => (key: string) => (key === "machine-images:defaultTags" ? value : undefined);

    it("add the default tags to resources with tags, and the resource's own tags take precedence", () => {
        const read = config('{"team":"web","stage":"dev"}');
        assert.deepEqual(withDefaultTags(names, { tags: { stage: "prod" } }, read), {
            tags: { team: "web", stage: "prod" },
        });
        assert.deepEqual(withDefaultTags(names, {}, read), { tags: { team: "web", stage: "dev" } });
        assert.deepEqual(withDefaultTags(new Set(), {}, read), {});
        assert.deepEqual(withDefaultTags(names, { tags: unknown }, read), { tags: unknown });
        assert.deepEqual(
            withDefaultTags(names, {}, () => undefined),
            {},
        );
    });

    it("convert default tags that are numbers or booleans in the configuration to strings", () => {
        const read = config('{"costcenter":4711,"billed":true,"account":9123456789012347,"release":1.10}');
        assert.deepEqual(withDefaultTags(names, {}, read), {
            tags: { costcenter: "4711", billed: "true", account: "9123456789012347", release: "1.10" },
        });
    });

    for (const value of ["web", '{"team":{}}', "[1]"]) {
        it(`refuse ${value} as default tags and name the command to set them`, () => {
            assert.throws(
                () => withDefaultTags(names, {}, config(value)),
                /defaultTags must be a map of strings: set it with/,
            );
        });
    }

    it("protect from a known replacement, and not from other changes", () => {
        const olds = { deleteProtection: true, source: "a", name: "n" };
        const problems = (news: object, more: object = {}) =>
            protectionProblems({
                replaceOn: ["source"],
                olds: { ...olds, ...more },
                news: { ...olds, ...more, ...news },
                isRetained: false,
            }).length;
        assert.equal(problems({ source: "b" }), 1);
        assert.equal(problems({ source: "b", deleteProtection: false }), 1);
        assert.equal(problems({ source: unknown }), 0);
        assert.equal(problems({ name: "m" }), 0);
        assert.equal(problems({ source: "b" }, { deleteProtection: false }), 0);
        assert.equal(problems({ source: "b" }, { keepVersions: 1 }), 0, "the replaced object is kept");
        const kept = { keepVersions: 1, previousVersions: ["m-1"] };
        assert.equal(problems({ source: "b" }, kept), 1, "the earlier version would be deleted");
        assert.equal(problems({ source: "b", keepVersions: 2 }, kept), 0);
        assert.equal(problems({ keepVersions: 0 }, kept), 1);
        assert.equal(problems({ tags: {} }, kept), 0);
    });

    it("protect from a deletion, but allow being kept as a version", () => {
        const refused = /m-1 is protected from deletion/;
        const replaced = { isFinalDelete: false };
        const leaving = { isFinalDelete: true };
        assert.throws(() => refuseProtected("m-1", { deleteProtection: true }, replaced), refused);
        assert.throws(() => refuseProtected("m-1", { deleteProtection: true, keepVersions: 1 }, leaving), refused);
        refuseProtected("m-1", { deleteProtection: true, keepVersions: 1 }, replaced);
        refuseProtected("m-1", {}, leaving);
    });

    it("contain the kept versions at preview", () => {
        const replaced = { id: "m-2", previousVersions: ["m-1"] };
        const versions = (news: object, olds: object, known?: typeof replaced) =>
            withPreviousVersions(names, { ...news }, { ...olds }, known).previousVersions;
        assert.deepEqual(versions({ keepVersions: 2 }, {}, replaced), ["m-2", "m-1"]);
        assert.deepEqual(versions({ keepVersions: 1 }, {}, replaced), ["m-2"]);
        assert.equal(versions({}, {}, replaced), undefined);
        assert.deepEqual(versions({ keepVersions: 2 }, { previousVersions: ["m-1"] }), ["m-1"]);
        assert.deepEqual(versions({ keepVersions: 2 }, {}), []);
        assert.deepEqual(versions({ keepVersions: 2, previousVersions: ["x"] }, {}), []);
    });

    it("refuse a fixed name if every version needs another name", () => {
        assert.equal(versionProblems(["name"], { keepVersions: 1, name: "n" }).length, 1);
        assert.equal(versionProblems(["name"], { keepVersions: 1 }).length, 0);
        assert.equal(versionProblems(["name"], { keepVersions: 0, name: "n" }).length, 0);
    });
});
