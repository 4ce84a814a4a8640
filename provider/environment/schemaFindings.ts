import type { z } from "zod";
import { closestWord } from "./closestWord";
import { keysAt } from "./jsonSchema";
import { aboutKey, aboutValue, dotted, type Finding, listed, type Path } from "./problem";

type Issue = z.core.$ZodIssue;

/** What the schema finds wrong with a file's data, as sentences. */
export function schemaFindings(issues: readonly Issue[], data: unknown): Finding[] {
    return issues.flatMap((issue) => findingsOf(issue, [], data));
}

function findingsOf(issue: Issue, above: Path, data: unknown): Finding[] {
    const path = [...above, ...issue.path];
    const where = dotted(path) || "the file";
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(path, key, data));
    if (issue.code === "invalid_key") return [aboutKey(path, `${where}: ${issue.issues[0]?.message ?? "no name"}`)];
    if (issue.code === "invalid_union" && issue.discriminator !== undefined) return [wrongKind(issue, path, data)];
    if (issue.code === "invalid_union") return unionFindings(issue, path, data);
    const value = valueAt(data, path);
    if (value === undefined) return [missing(path)];
    if (issue.code === "invalid_value") return [aboutValue(path, `${where} ${mustBe(issue.values, value)}`)];
    if (issue.code === "invalid_type") {
        const wanted = nouns[issue.expected] ?? issue.expected;
        return [aboutValue(path, `${where} must be ${wanted}, not ${shown(value)}`)];
    }
    if (issue.code === "too_small" && issue.origin === "string")
        return [aboutValue(path, `${where} must not be empty`)];
    if (issue.code === "too_small") return [aboutValue(path, `${where} must be at least ${issue.minimum}`)];
    if (issue.code === "too_big") return [aboutValue(path, `${where} must be at most ${issue.maximum}`)];
    return [aboutValue(path, `${where} ${issue.message}`)];
}

const nouns: Partial<Record<string, string>> = {
    string: "a text",
    number: "a whole number",
    int: "a whole number",
    boolean: "true or false",
    object: "a map of keys and values",
    record: "a map of names",
    array: "a list",
};

function missing(path: Path): Finding {
    const above = path.slice(0, -1);
    return aboutKey(above, `${dotted(above) || "the file"} needs the key "${String(path.at(-1))}"`);
}

function unknownKey(path: Path, key: string, data: unknown): Finding {
    const keys = keysAt(path, data);
    const closest = closestWord(key, keys);
    const advice = closest ? `did you mean "${closest}"?` : `it may have ${keys.join(", ")}`;
    return aboutKey([...path, key], `${dotted(path) || "the file"} has no key "${key}": ${advice}`);
}

function wrongKind(issue: Extract<Issue, { code: "invalid_union" }>, path: Path, data: unknown): Finding {
    const found = valueAt(data, path);
    if (found === undefined) return missing(path);
    const options = "options" in issue && Array.isArray(issue.options) ? issue.options : [];
    return aboutValue(path, `${dotted(path)} ${mustBe(options, found)}`);
}

/** Of several forms: what is wrong with the first, which is the value itself; or what the schema says of all. */
function unionFindings(issue: Extract<Issue, { code: "invalid_union" }>, path: Path, data: unknown): Finding[] {
    if (valueAt(data, path) === undefined) return [missing(path)];
    const [first = []] = issue.errors;
    if (issue.message === "Invalid input") return first.flatMap((inner) => findingsOf(inner, path, data));
    const slips = first.flatMap((inner) =>
        inner.code === "unrecognized_keys" && inner.path.length === 0
            ? inner.keys.filter((key) => closestWord(key, keysAt(path, data)) !== undefined)
            : [],
    );
    const misspelt = slips.filter((key) => !keysAt(path, data).includes(key));
    if (misspelt.length > 0) return misspelt.map((key) => unknownKey(path, key, data));
    return [aboutValue(path, `${dotted(path)} ${issue.message}`)];
}

function mustBe(values: readonly unknown[], found: unknown): string {
    const words = values.filter((value) => typeof value === "string");
    const closest = typeof found === "string" ? closestWord(found, words) : undefined;
    return `must be ${listed(values)}, not ${shown(found)}${closest ? `: did you mean "${closest}"?` : ""}`;
}

/** A value as it is named in a sentence. */
function shown(value: unknown): string {
    if (value === null) return "nothing";
    if (Array.isArray(value)) return "a list";
    if (typeof value === "object") return "__pulumiOutput" in value ? "a value that is known later" : "a map";
    return typeof value === "string" ? `"${value}"` : String(value);
}

function valueAt(data: unknown, path: Path): unknown {
    let value = data;
    for (const key of path) {
        if (typeof value !== "object" || value === null) return undefined;
        value = Reflect.get(value, key);
    }
    return value;
}
