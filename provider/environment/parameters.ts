import { isLargeInteger } from "../core/json";
import { aboutKey, aboutValue, type Finding, listed, type Path } from "./problem";
import type { DeclaredParameter } from "./schema";

export type Scalar = string | number | boolean;

/** What an output of Pulumi can do; without loading Pulumi. */
interface Later {
    apply(change: (value: unknown) => unknown): unknown;
}

const isLater = (value: unknown): value is Later =>
    typeof value === "object" && value !== null && "__pulumiOutput" in value;

/**
 * What is wrong with the parameters that a file declares.
 *
 * @param written a number, true or false as the file writes it
 */
export function declarationFindings(
    parameters: Readonly<Record<string, DeclaredParameter>>,
    written: (path: Path) => string | undefined,
): Finding[] {
    return Object.entries(parameters).flatMap(([name, declared]) => {
        const path = ["parameters", name];
        const { type, enum: choices = [], pattern, default: otherwise } = declared;
        if (pattern !== undefined && type !== "string") {
            return [aboutKey([...path, "pattern"], `parameters.${name}.pattern is for texts, not for type ${type}`)];
        }
        if (pattern !== undefined && !expression(pattern)) {
            return [aboutValue([...path, "pattern"], `parameters.${name}.pattern is no regular expression`)];
        }
        const strange = choices.flatMap((choice, index) =>
            isOfType(choice, type)
                ? []
                : [
                      aboutValue(
                          [...path, "enum", index],
                          `parameters.${name}.enum has ${written([...path, "enum", index]) ?? JSON.stringify(choice)}, which is no ${type}`,
                      ),
                  ],
        );
        const reason =
            otherwise === undefined ? undefined : valueProblem(declared, otherwise, written([...path, "default"]));
        if (reason === undefined) return strange;
        return [...strange, aboutValue([...path, "default"], `parameters.${name}.default ${reason}`)];
    });
}

/**
 * Why a parameter cannot have a value; undefined when it can. Never shows the value of a secret.
 *
 * @param shown how the value is written
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

/** The value as one of the declared type, when it is written as another; one that cannot be stays, and is refused. */
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

const nouns = { string: "a text", integer: "a whole number", boolean: "true or false" };

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

/** The data with parameters in the places of their references; those without a value stay references. */
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
    // Texts and names in turn.
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
