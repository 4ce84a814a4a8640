import type { z } from "zod";
import { closestWord } from "../../core/closestWord";
import { versionProblems } from "./commonOptions";
import type { Handler, Problem } from "./handler";
import type { Properties } from "./plainJson";
import { namesAt } from "./schemaNames";
import { hasUnknown } from "./unknown";

/**
 * Problems of the inputs themselves, as far as they are known. Makes no request to a cloud.
 *
 * @param seen the inputs with what the program declares about the image
 */
export function inputProblems<Inputs extends object, State extends object>(
    handler: Pick<Handler<Inputs, State>, "inputs" | "furtherNames" | "uniqueInputs" | "problems">,
    inputs: Properties,
    seen = inputs,
): Problem[] {
    return [
        ...schemaProblems(handler.inputs, inputs, handler.furtherNames ?? []),
        ...versionProblems(handler.uniqueInputs ?? [], inputs),
        ...(handler.problems?.(seen) ?? []),
    ];
}

/**
 * A problem in the form that the engine prints well. The engine looks up the value of a property by its whole name, so
 * it would print "property source.server value {<nil>} has a problem", and it would print secrets in a value.
 */
export function shownProblem({ property, reason }: Problem): Problem {
    return { property: "", reason: property === ownProblem || property === "" ? reason : `${property}: ${reason}` };
}

/** The property of a problem that concerns the inputs as a whole. */
const ownProblem = "inputs";

/** Problems that the schema finds, as far as the values are known. */
function schemaProblems(schema: z.ZodType, inputs: Properties, furtherNames: readonly string[]): Problem[] {
    const parsed = schema.safeParse(inputs);
    if (parsed.success) return [];
    return parsed.error.issues
        .filter((issue) => issue.code === "unrecognized_keys" || !hasUnknown(valueAt(inputs, issue.path)))
        .flatMap((issue) => {
            const misspelt = misspeltNames(issue, schema, furtherNames);
            return misspelt.length > 0 ? misspelt : [problemOf(issue)];
        });
}

/** Names that the schema does not have, also if they prevent every form of a union from matching. */
function misspeltNames(issue: z.core.$ZodIssue, schema: z.ZodType, furtherNames: readonly string[]): Problem[] {
    const path = issue.path.map(String);
    if (issue.code === "unrecognized_keys") {
        const words = [...namesAt(schema, path), ...(path.length === 0 ? furtherNames : [])];
        return issue.keys.map((key) => ({ property: path.join(".") || ownProblem, reason: unknownName(key, words) }));
    }
    if (issue.code !== "invalid_union") return [];
    const words = namesAt(schema, path);
    const keys = issue.errors.flat().flatMap((inner) => (inner.code === "unrecognized_keys" ? inner.keys : []));
    const unknown = [...new Set(keys)].filter((key) => !words.includes(key));
    return unknown.map((key) => ({ property: path.join("."), reason: unknownName(key, words) }));
}

function unknownName(key: string, words: readonly string[]): string {
    const closest = closestWord(key, words);
    const advice =
        closest === undefined ? `valid inputs are ${[...words].sort().join(", ")}` : `did you mean "${closest}"?`;
    return `unknown input "${key}": ${advice}`;
}

/** One clause for each issue. For an invalid key, the reason is that of the key. */
function problemOf(issue: z.core.$ZodIssue): Problem {
    const property = issue.path.join(".") || ownProblem;
    if (issue.code === "invalid_key") return { property, reason: issue.issues[0]?.message ?? issue.message };
    const reason = issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
    return { property, reason: boundOf(issue) ?? reason.replace(/^(invalid input|invalid number): /, "") };
}

/** For a number, a string or a list out of bounds, unless the schema has its own message. */
function boundOf(issue: z.core.$ZodIssue): string | undefined {
    const isOwn = !/^(Too (big|small): )/.test(issue.message);
    if (isOwn || (issue.code !== "too_big" && issue.code !== "too_small")) return undefined;
    const bound = issue.code === "too_big" ? `at most ${issue.maximum}` : `at least ${issue.minimum}`;
    if (issue.origin === "string") return `must have ${bound} characters`;
    return issue.origin === "array" ? `must have ${bound} entries` : `must be ${bound}`;
}

function valueAt(inputs: Properties, path: readonly PropertyKey[]): unknown {
    let value: unknown = inputs;
    for (const key of path) {
        if (typeof value !== "object" || value === null) return value;
        value = Reflect.get(value, key);
    }
    return value;
}
