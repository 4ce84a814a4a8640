import { isLargeInteger } from "../core/json";
import { aboutKey, aboutValue, type Finding, listed, type Path } from "./problem";
import type { DeclaredParameter } from "./schema";

export type Scalar = string | number | boolean;

/** The part of Pulumi's Output that is used here, without loading Pulumi. */
interface Later {
    apply(change: (value: unknown) => unknown): unknown;
}

const isLater = (value: unknown): value is Later =>
    typeof value === "object" && value !== null && "__pulumiOutput" in value;

/**
 * The problems of the parameters that a file declares.
 *
 * @param written a number, true or false as written in the file
 */
export function declarationFindings(
    parameters: Readonly<Record<string, DeclaredParameter>>,
    written: (path: Path) => string | undefined,
): Finding[] {
    return Object.entries(parameters).flatMap(([name, declared]) => {
        const path = ["parameters", name];
        const { type, enum: choices = [], pattern, default: otherwise } = declared;
        if (pattern !== undefined && type !== "string") {
            return [aboutKey([...path, "pattern"], `parameters.${name}.pattern requires type string, not ${type}`)];
        }
        if (pattern !== undefined && !expression(pattern)) {
            return [aboutValue([...path, "pattern"], `parameters.${name}.pattern is not a valid regular expression`)];
        }
        const mismatched = choices.flatMap((choice, index) =>
            isOfType(choice, type)
                ? []
                : [
                      aboutValue(
                          [...path, "enum", index],
                          `parameters.${name}.enum contains ${written([...path, "enum", index]) ?? JSON.stringify(choice)}, which is not of type ${type}`,
                      ),
                  ],
        );
        const reason =
            otherwise === undefined ? undefined : valueProblem(declared, otherwise, written([...path, "default"]));
        if (reason === undefined) return mismatched;
        return [...mismatched, aboutValue([...path, "default"], `parameters.${name}.default ${reason}`)];
    });
}

/**
 * Why a value is not allowed for a parameter; undefined if it is allowed. Never shows the value of a secret.
 *
 * @param shown the value as written in the file
 */
export function valueProblem(
    parameter: DeclaredParameter,
    value: Scalar,
    shown = JSON.stringify(value),
): string | undefined {
    const { type, enum: choices, pattern, secret } = parameter;
    const found = secret === true ? "" : `, not ${shown}`;
    if (type === "integer" && isLargeInteger(String(value))) return `must be a whole number ${safeIntegers}${found}`;
    if (!isOfType(value, type)) return `must be ${nouns[type]}${found}`;
    if (choices && !choices.includes(value)) return `must be ${listed(choices)}${found}`;
    if (pattern !== undefined && !(expression(pattern)?.test(String(value)) ?? true))
        return `must match ${pattern}${found}`;
    return undefined;
}

/**
 * Converts a value to the declared type. A value that cannot be converted is returned as it is, and is refused later.
 */
export function scalarOf(parameter: DeclaredParameter | undefined, value: Scalar): Scalar {
    if (parameter?.type === "string") return String(value);
    if (parameter?.type === "integer" && /^[+-]?\d+$/.test(String(value))) {
        return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    }
    if (parameter?.type === "boolean" && /^(true|false)$/.test(String(value)))
        return value === true || value === "true";
    return value;
}

const safeIntegers = `from ${Number.MIN_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}`;

const nouns = { string: "a string", integer: "a whole number", boolean: "true or false" };

function isOfType(value: Scalar, type: DeclaredParameter["type"]): boolean {
    if (type === "integer") return Number.isSafeInteger(value);
    return typeof value === type;
}

function expression(pattern: string): RegExp | undefined {
    try {
        return new RegExp(`^(?:${pattern})$`, "u");
    } catch {
        return undefined;
    }
}

const inText = /\$\{\s*parameters\.([\w-]+)\s*\}/g;

/** Replaces references to parameters by their values. References to parameters without a value stay. */
export function fill(data: unknown, values: ReadonlyMap<string, unknown>): unknown {
    if (typeof data === "string") return fillText(data, values);
    if (Array.isArray(data)) return data.map((item) => fill(item, values));
    if (typeof data !== "object" || data === null) return data;
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, fill(value, values)]));
}

function fillText(text: string, values: ReadonlyMap<string, unknown>): unknown {
    if (!text.includes("${")) return text;
    const parts = text.split(inText);
    const [before = "", name, after = ""] = parts;
    if (parts.length === 3 && before === "" && after === "" && name !== undefined) return values.get(name) ?? text;
    // The parts alternate between texts and names.
    return parts.reduce<unknown>((soFar, part, index) => {
        const isName = index % 2 === 1;
        return joined(soFar, isName ? (values.get(part) ?? `\${parameters.${part}}`) : part);
    }, "");
}

function joined(first: unknown, second: unknown): unknown {
    if (isLater(first)) return first.apply((known) => joined(known, second));
    if (isLater(second)) return second.apply((known) => joined(first, known));
    return `${first}${second}`;
}
