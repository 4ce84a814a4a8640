import { z } from "zod";
import { UserError } from "../../clouds/errors";
import { parseJson } from "../../core/json";
import { differenceKind, type EngineStep, engineState } from "./engineState";
import type { Plan } from "./plan";
import { planOf } from "./planOf";
import { shallow } from "./shallow";
import type { StackState } from "./stateDeletions";

// Reference: `PreviewDigest` in the engine's display package.
const digest = z.object({
    config: z.record(z.string(), z.string()).nullish(),
    steps: z
        .array(
            z.object({
                op: z.string(),
                urn: z.string(),
                oldState: engineState.nullish(),
                newState: engineState.nullish(),
                replaceReasons: z.array(z.string()).nullish(),
                detailedDiff: z.record(z.string(), z.object({ kind: differenceKind })).nullish(),
            }),
        )
        .nullish(),
    // The engine omits empty keys.
    diagnostics: z.array(z.object({ message: z.string().default(""), severity: z.string().default("") })).nullish(),
    duration: z.unknown().optional(),
    changeSummary: z.record(z.string(), z.int().min(0)).nullish(),
    maybeCorrupt: z.boolean().nullish(),
});

/**
 * Reads the output of `pulumi preview --json`.
 *
 * @param state the stack's state, for the deletions that a preview without --show-replacement-steps omits
 * @throws UserError if the text is not the output of a finished preview
 */
export function readPreview(text: string, state?: StackState): Plan {
    const json = jsonOf(text);
    const parsed = digest.safeParse(json);
    if (!parsed.success) {
        const [issue] = parsed.error.issues;
        const where = issue && issue.path.length > 0 ? ` at ${issue.path.join(".")}` : "";
        throw new UserError(
            `the input is not the output of \`pulumi preview --json\`${where}: ${issue?.message ?? "unreadable"}`,
            { cause: parsed.error },
        );
    }
    const { steps, diagnostics, config, changeSummary, maybeCorrupt } = parsed.data;
    const hasFailed = (diagnostics ?? []).some(({ severity }) => severity === "error");
    if ((steps ?? []).length === 0 && !hasFailed) {
        throw new UserError("the input has no steps: pipe a finished `pulumi preview --json` into this command");
    }
    const read = (steps ?? []).map(
        ({ op, urn, oldState, newState, replaceReasons, detailedDiff }): EngineStep => ({
            op,
            urn,
            olds: oldState ?? undefined,
            news: newState ?? undefined,
            replaceReasons: replaceReasons ?? [],
            differences: Object.fromEntries(Object.entries(detailedDiff ?? {}).map(([path, { kind }]) => [path, kind])),
        }),
    );
    return planOf(read, {
        diagnostics: diagnostics ?? [],
        config: config ?? {},
        state,
        ending: {
            ...(changeSummary && { summary: changeSummary }),
            isCorrupt: maybeCorrupt === true,
            isPreview: true,
            unknownKeys: Object.keys(Object(json)).filter((key) => !Object.hasOwn(digest.shape, key)),
        },
    });
}

function jsonOf(text: string): unknown {
    if (text.trim() === "") throw new UserError("the input is empty: pipe `pulumi preview --json` into this command");
    try {
        return shallow(parseJson(text));
    } catch (error) {
        throw new UserError("the input is not JSON: pipe `pulumi preview --json` into this command", {
            cause: error,
        });
    }
}
