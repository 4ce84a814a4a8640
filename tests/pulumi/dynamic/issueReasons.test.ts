import assert from "node:assert/strict";
import { z } from "zod";
import { issueReason } from "../../../provider/dist/pulumi/dynamic/issueReasons.js";

/** Every kind of issue: a schema, an invalid value, and the clause that follows the input's name. */
const reasons: [string, z.ZodType, unknown, string][] = [
    ["a missing string", z.string(), undefined, "is required"],
    ["a missing choice", z.enum(["a", "b"]), undefined, "is required"],
    ["a missing object", z.strictObject({}), undefined, "is required"],
    ["a number for a string", z.string(), 42, "must be a string, not 42"],
    ["a string for a number", z.number(), "4", 'must be a number, not "4"'],
    ["not a number", z.number(), Number.NaN, "must be a number, not NaN"],
    ["a fraction", z.int(), 1.5, "must be a whole number, not 1.5"],
    ["a string for a boolean", z.boolean(), "yes", 'must be true or false, not "yes"'],
    ["a list for an object", z.strictObject({}), [], "must be an object, not a list"],
    ["a list for a map", z.record(z.string(), z.string()), ["a"], "must be an object, not a list"],
    ["a string for a list", z.array(z.string()), "a", 'must be a list, not "a"'],
    ["an object for a list", z.array(z.string()), {}, "must be a list, not an object"],
    ["a type without a noun of its own", z.instanceof(URL), 1, "must be of type URL, not 1"],
    [
        "an unknown choice",
        z.enum(["block", "wait", "retain"]),
        "never",
        'must be "block", "wait" or "retain", not "never"',
    ],
    [
        "a misspelt choice",
        z.enum(["enforce", "warn"]),
        "wran",
        'must be "enforce" or "warn", not "wran": did you mean "warn"?',
    ],
    ["a different literal", z.literal(true), false, "must be true, not false"],
    ["an empty string", z.string().min(1), "", "must not be empty"],
    ["a short string", z.string().min(2), "a", "must have at least 2 characters"],
    ["a long string", z.string().max(1), "ab", "must have at most 1 character"],
    ["a short list", z.array(z.string()).min(1), [], "must have at least 1 entry"],
    ["a long list", z.array(z.string()).max(2), ["", "", ""], "must have at most 2 entries"],
    ["a small number", z.int().min(20), 3, "must be at least 20"],
    ["a large number", z.int().max(10), 11, "must be at most 10"],
    ["a number at an open bound", z.number().gt(0), 0, "must be more than 0"],
    ["not a multiple", z.int().multipleOf(20), 30, "must be a multiple of 20"],
    ["a different pattern", z.string().regex(/^a$/), "b", "must match the pattern /^a$/"],
    [
        "none of the allowed forms",
        z.union([z.string(), z.number()]),
        true,
        "must have one of the allowed forms, not true",
    ],
    ["an unknown name", z.strictObject({}), { tgs: 1 }, 'must not contain "tgs"'],
    ["an invalid key", z.record(z.string().min(2), z.string()), { a: "" }, "must have at least 2 characters"],
    ["a message in the schema", z.string().min(2, "must be long"), "a", "must be long"],
];

describe("the reason for an invalid input", () => {
    for (const [what, schema, value, expected] of reasons) {
        it(`${what}: ${expected}`, () => {
            const { error } = schema.safeParse(value, { error: issueReason });
            assert.deepEqual(
                error?.issues.map(({ message }) => message),
                [expected],
            );
        });
    }
});
