import type { z } from "zod";
import { closestWord } from "../../core/closestWord";

/**
 * Why a value is invalid, as a clause that follows the input's name. zod uses it for every issue without a message in the
 * schema.
 */
export const issueReason: z.core.$ZodErrorMap = (issue) => {
    const { input } = issue;
    if (input === undefined && issue.code !== "custom") return "is required";
    switch (issue.code) {
        case "invalid_type":
            return `must be ${nouns[issue.expected] ?? `of type ${issue.expected}`}, not ${shownValue(input)}`;
        case "invalid_value":
            return mustBeOneOf(issue.values, input);
        case "too_small":
            return beyond(issue.origin, issue.inclusive === false ? "more than" : "at least", issue.minimum, input);
        case "too_big":
            return beyond(issue.origin, issue.inclusive === false ? "less than" : "at most", issue.maximum, input);
        case "not_multiple_of":
            return `must be a multiple of ${issue.divisor}`;
        case "invalid_format":
            return issue.pattern === undefined
                ? `must have the format ${issue.format}`
                : `must match the pattern ${issue.pattern}`;
        case "invalid_key":
        case "invalid_element":
            return issue.issues[0]?.message ?? "contains an invalid entry";
        case "unrecognized_keys":
            return `must not contain ${listed(issue.keys)}`;
        case "invalid_union":
            return `must have one of the allowed forms, not ${shownValue(input)}`;
        default:
            return "is invalid";
    }
};

const nouns: Partial<Record<string, string>> = {
    string: "a string",
    number: "a number",
    int: "a whole number",
    bigint: "a whole number",
    boolean: "true or false",
    object: "an object",
    record: "an object",
    map: "an object",
    array: "a list",
    tuple: "a list",
    set: "a list",
    date: "a date",
};

function mustBeOneOf(values: readonly unknown[], input: unknown): string {
    const words = values.filter((value) => typeof value === "string");
    const closest = typeof input === "string" ? closestWord(input, words) : undefined;
    const advice = closest === undefined ? "" : `: did you mean "${closest}"?`;
    return `must be ${listed(values)}, not ${shownValue(input)}${advice}`;
}

/** For a number, a string or a list out of bounds. */
function beyond(origin: string, relation: string, bound: number | bigint, input: unknown): string {
    if (origin === "string" && relation === "at least" && input === "") return "must not be empty";
    const what = units[origin];
    if (what === undefined) return `must be ${relation} ${bound}`;
    return `must have ${relation} ${bound} ${bound === 1 ? what.one : what.many}`;
}

const units: Partial<Record<string, { one: string; many: string }>> = {
    string: { one: "character", many: "characters" },
    array: { one: "entry", many: "entries" },
    set: { one: "entry", many: "entries" },
    map: { one: "entry", many: "entries" },
    file: { one: "byte", many: "bytes" },
};

/** "a", "b" or "c" */
function listed(values: readonly unknown[]): string {
    const texts = values.map(shownValue);
    const last = texts.pop() ?? "";
    return texts.length > 0 ? `${texts.join(", ")} or ${last}` : last;
}

/** A value as a sentence shows it. */
export function shownValue(value: unknown): string {
    if (value === null) return "null";
    if (Array.isArray(value)) return "a list";
    if (typeof value === "object") return "an object";
    return typeof value === "string" ? JSON.stringify(value) : String(value);
}
