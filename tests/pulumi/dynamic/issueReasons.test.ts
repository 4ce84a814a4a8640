import assert from "node:assert/strict";
import { z } from "zod";
import { issueReason } from "../../../provider/dist/pulumi/dynamic/issueReasons.js";

/** Every kind of issue: a schema, a value that it refuses, and the clause that follows the input's name. */
const reasons: [string, z.ZodType, unknown, string][] = [
    ["a missing string", z.string(), undefined, "is required"],
    ["a missing choice", z.enum(["a", "b"]), undefined, "is required"],
    ["a missing object", z.strictObject({}), undefined, "is required"],
    ["a number for a string", z.string(), 42, "must be a string, not 42"],
    ["a text for a number", z.number(), "4", 'must be a number, not "4"'],
    ["no number", z.number(), Number.NaN, "must be a number, not NaN"],
    ["a fraction", z.int(), 1.5, "must be a whole number, not 1.5"],
    ["a text for true or false", z.boolean(), "yes", 'must be true or false, not "yes"'],
    ["a list for an object", z.strictObject({}), [], "must be an object, not a list"],
    ["a list for a map", z.record(z.string(), z.string()), ["a"], "must be an object, not a list"],
    ["a text for a list", z.array(z.string()), "a", 'must be a list, not "a"'],
    ["an object for a list", z.array(z.string()), {}, "must be a list, not an object"],
    ["a type without a word of ours", z.instanceof(URL), 1, "must be of type URL, not 1"],
    ["another word", z.enum(["block", "wait", "retain"]), "never", 'must be "block", "wait" or "retain", not "never"'],
    [
        "a misspelt word",
        z.enum(["enforce", "warn"]),
        "wran",
        'must be "enforce" or "warn", not "wran": did you mean "warn"?',
    ],
    ["another literal", z.literal(true), false, "must be true, not false"],
    ["an empty string", z.string().min(1), "", "must not be empty"],
    ["a short string", z.string().min(2), "a", "must have at least 2 characters"],
    ["a long string", z.string().max(1), "ab", "must have at most 1 character"],
    ["a short list", z.array(z.string()).min(1), [], "must have at least 1 entry"],
    ["a long list", z.array(z.string()).max(2), ["", "", ""], "must have at most 2 entries"],
    ["a small number", z.int().min(20), 3, "must be at least 20"],
    ["a large number", z.int().max(10), 11, "must be at most 10"],
    ["a number at an open bound", z.number().gt(0), 0, "must be more than 0"],
    ["no multiple", z.int().multipleOf(20), 30, "must be a multiple of 20"],
    ["another pattern", z.string().regex(/^a$/), "b", "must match the pattern /^a$/"],
    [
        "none of several forms",
        z.union([z.string(), z.number()]),
        true,
        "has none of the forms that are allowed: it is true",
    ],
    ["an unknown name", z.strictObject({}), { tgs: 1 }, 'has no "tgs"'],
    ["a wrong key", z.record(z.string().min(2), z.string()), { a: "" }, "must have at least 2 characters"],
    ["words of the schema", z.string().min(2, "must be long"), "a", "must be long"],
];

describe("what is said of a wrong input", () => {
    for (const [what, schema, value, expected] of reasons) {
        it(`of ${what}: ${expected}`, () => {
            const { error } = schema.safeParse(value, { error: issueReason });
            assert.deepEqual(
                error?.issues.map(({ message }) => message),
                [expected],
            );
        });
    }
});
