import type { z } from "zod";
import type { Handler, Problem } from "./handler";
import type { Properties } from "./plainJson";
import { versionProblems } from "./standingOptions";
import { hasUnknown } from "./unknown";

/** What is wrong with inputs in themselves, as far as they are known: nothing is asked of a cloud. */
export function inputProblems<Inputs extends object, State extends object>(
    handler: Pick<Handler<Inputs, State>, "inputs" | "uniqueInputs" | "problems">,
    inputs: Properties,
): Problem[] {
    return [
        ...schemaProblems(handler.inputs, inputs),
        ...versionProblems(handler.uniqueInputs ?? [], inputs),
        ...(handler.problems?.(inputs) ?? []),
    ];
}

/** What the schema finds wrong, as far as the values are known. */
function schemaProblems(schema: z.ZodType, inputs: Properties): Problem[] {
    const parsed = schema.safeParse(inputs);
    if (parsed.success) return [];
    return parsed.error.issues
        .filter((issue) => issue.code === "unrecognized_keys" || !hasUnknown(valueAt(inputs, issue.path)))
        .map(problemOf);
}

/** One clause for each issue; of a key, what is wrong with it. */
function problemOf(issue: z.core.$ZodIssue): Problem {
    const property = issue.path.join(".") || "inputs";
    if (issue.code === "invalid_key") return { property, reason: issue.issues[0]?.message ?? issue.message };
    const reason = issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
    return { property, reason: boundOf(issue) ?? reason.replace(/^(invalid input|invalid number): /, "") };
}

/** A number, a text or a list beyond its bounds, unless the schema has words of its own for it. */
function boundOf(issue: z.core.$ZodIssue): string | undefined {
    const isOwn = !/^(Too (big|small): )/.test(issue.message);
    if (isOwn || (issue.code !== "too_big" && issue.code !== "too_small")) return undefined;
    const bound = issue.code === "too_big" ? `at most ${issue.maximum}` : `at least ${issue.minimum}`;
    if (issue.origin === "string") return `must have ${bound} characters`;
    return issue.origin === "array" ? `must have ${bound} of them` : `must be ${bound}`;
}

function valueAt(inputs: Properties, path: readonly PropertyKey[]): unknown {
    let value: unknown = inputs;
    for (const key of path) {
        if (typeof value !== "object" || value === null) return value;
        value = Reflect.get(value, key);
    }
    return value;
}
