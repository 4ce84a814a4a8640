import type { z } from "zod";
import { closestWord } from "../../core/closestWord";
import { versionProblems } from "./commonOptions";
import type { Handler, Problem } from "./handler";
import { issueReason } from "./issueReasons";
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

/**
 * A problem of a copy, under the name that the user wrote: a program declares a copy with the input `copies` of an image.
 *
 * @param image the image's name in the program
 */
export function asDeclared(problem: Problem, image: unknown): Problem {
    if (typeof image !== "string" || problem.property !== "to") return problem;
    return { ...problem, property: `copies of ${image}` };
}

/** The property of a problem that concerns the inputs as a whole. */
const ownProblem = "inputs";

/** Problems that the schema finds, as far as the values are known. */
export function schemaProblems(schema: z.ZodType, inputs: Properties, furtherNames: readonly string[] = []): Problem[] {
    const parsed = schema.safeParse(inputs, { error: issueReason });
    if (parsed.success) return [];
    return parsed.error.issues
        .filter((issue) => issue.code === "unrecognized_keys" || !hasUnknown(valueAt(inputs, issue.path)))
        .filter(isFirstOfValue)
        .flatMap((issue) => {
            const misspelt = misspeltNames(issue, schema, furtherNames);
            return misspelt.length > 0 ? misspelt : [problemOf(issue)];
        });
}

/** Keeps only the first issue of a value of the wrong type: zod would also report that an empty list is too short. */
function isFirstOfValue(issue: z.core.$ZodIssue, index: number, issues: readonly z.core.$ZodIssue[]): boolean {
    const path = issue.path.join(".");
    return !issues.slice(0, index).some((other) => other.code === "invalid_type" && other.path.join(".") === path);
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

/** One clause for each issue. */
function problemOf(issue: z.core.$ZodIssue): Problem {
    return { property: issue.path.join(".") || ownProblem, reason: issue.message };
}

function valueAt(inputs: Properties, path: readonly PropertyKey[]): unknown {
    let value: unknown = inputs;
    for (const key of path) {
        if (typeof value !== "object" || value === null) return value;
        value = Reflect.get(value, key);
    }
    return value;
}
