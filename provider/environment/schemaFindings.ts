import type { z } from "zod";
import { closestWord } from "../core/closestWord";
import { image } from "./images";
import { keysAt } from "./jsonSchema";
import { aboutKey, aboutValue, dotted, type Finding, listed, type Path } from "./problem";
import { server } from "./servers";

type Issue = z.core.$ZodIssue;

/** The schema's issues with a file's data, as findings. */
export function schemaFindings(issues: readonly Issue[], checked: Checked): Finding[] {
    return issues.flatMap((issue) => findingsOf(issue, [], checked));
}

/** The data that was checked. */
interface Checked {
    /** The data with the values of parameters. */
    data: unknown;
    /** A number, true or false as written in the file. */
    written(path: Path): string | undefined;
}

function findingsOf(issue: Issue, above: Path, checked: Checked): Finding[] {
    const { data } = checked;
    const path = [...above, ...issue.path];
    const where = dotted(path) || "the file";
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(path, key, data));
    if (issue.code === "invalid_key") return [aboutKey(path, `${where}: ${issue.issues[0]?.message ?? "no name"}`)];
    if (issue.code === "invalid_union" && issue.discriminator !== undefined) return [wrongKind(issue, path, data)];
    if (issue.code === "invalid_union") return unionFindings(issue, path, checked);
    const value = valueAt(data, path);
    if (value === undefined) return [missing(path)];
    if (issue.code === "invalid_value") return [aboutValue(path, `${where} ${mustBe(issue.values, value)}`)];
    if (issue.code === "invalid_type" && issue.message.startsWith("Invalid input")) {
        const wanted = nouns[issue.expected] ?? issue.expected;
        const isBare = issue.expected === "string" && ["number", "boolean"].includes(typeof value);
        const advice = isBare ? `: put it in quotes` : "";
        const found = checked.written(path) ?? shown(value);
        return [aboutValue(path, `${where} must be ${wanted}, not ${found}${advice}`)];
    }
    if (issue.code === "too_small" && issue.origin === "string")
        return [aboutValue(path, `${where} must not be empty`)];
    if (issue.code === "too_small") return [aboutValue(path, `${where} must be at least ${issue.minimum}`)];
    if (issue.code === "too_big") return [aboutValue(path, `${where} must be at most ${issue.maximum}`)];
    return [aboutValue(path, `${where} ${issue.message}`)];
}

const nouns: Partial<Record<string, string>> = {
    string: "a string",
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
    const others = closest ? [] : kindsWith(path, key);
    const list =
        others.length > 0
            ? `only ${listed(others)} has it`.replaceAll('"', "")
            : `the allowed keys are ${keys.join(", ")}`;
    const advice = closest ? `did you mean "${closest}"?` : list;
    return aboutKey([...path, key], `${dotted(path) || "the file"} has no key "${key}": ${advice}`);
}

const kinds: Partial<Record<PropertyKey, readonly string[]>> = {
    images: image.options.map(({ shape }) => shape.kind.value),
    servers: server.options.map(({ shape }) => shape.kind.value),
};

/** The kinds of images or servers that have a key. */
function kindsWith(path: Path, key: string): string[] {
    const [section = "", name = ""] = path;
    if (path.length !== 2) return [];
    return (kinds[section] ?? []).filter((kind) => keysAt(path, { [section]: { [name]: { kind } } }).includes(key));
}

function wrongKind(issue: Extract<Issue, { code: "invalid_union" }>, path: Path, data: unknown): Finding {
    const found = valueAt(data, path);
    if (found === undefined) return missing(path);
    const options = "options" in issue && Array.isArray(issue.options) ? issue.options : [];
    return aboutValue(path, `${dotted(path)} ${mustBe(options, found)}`);
}

/** A value with several allowed forms: the issues with the first form, or the schema's message for all forms. */
function unionFindings(issue: Extract<Issue, { code: "invalid_union" }>, path: Path, checked: Checked): Finding[] {
    const { data } = checked;
    if (valueAt(data, path) === undefined) return [missing(path)];
    const [first = []] = issue.errors;
    // The only form whose keys match, although a value in it is wrong.
    const deeper = issue.errors.filter((inner) => inner.every((one) => isInside(one, valueAt(data, path))));
    const [only = []] = deeper;
    if (deeper.length === 1) return only.flatMap((inner) => findingsOf(inner, path, checked));
    if (issue.message === "Invalid input") return first.flatMap((inner) => findingsOf(inner, path, checked));
    const unknown = first.flatMap((inner) =>
        inner.code === "unrecognized_keys" && inner.path.length === 0
            ? inner.keys.filter((key) => closestWord(key, keysAt(path, data)) !== undefined)
            : [],
    );
    const misspelt = unknown.filter((key) => !keysAt(path, data).includes(key));
    if (misspelt.length > 0) return misspelt.map((key) => unknownKey(path, key, data));
    return [aboutValue(path, `${dotted(path)} ${issue.message}`)];
}

/** Whether an issue is about an existing value inside the one that has several forms. */
const isInside = ({ path }: Issue, data: unknown) => path.length > 0 && valueAt(data, path) !== undefined;

function mustBe(values: readonly unknown[], found: unknown): string {
    const words = values.filter((value) => typeof value === "string");
    const closest = typeof found === "string" ? closestWord(found, words) : undefined;
    return `must be ${listed(values)}, not ${shown(found)}${closest ? `: did you mean "${closest}"?` : ""}`;
}

/** A value in a sentence. */
function shown(value: unknown): string {
    if (value === null) return "nothing";
    if (Array.isArray(value)) return "a list";
    if (typeof value === "object") return "__pulumiOutput" in value ? "a value that is not known yet" : "a map";
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
