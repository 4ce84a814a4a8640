import { z } from "zod";
import { UserError } from "../../clouds/errors";
import { parseJson } from "../../clouds/json";
import { differenceKind, type EngineStep, engineState } from "./engineState";
import type { Plan } from "./plan";
import { planOf } from "./planOf";

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
    diagnostics: z.array(z.object({ message: z.string(), severity: z.string() })).nullish(),
});

/**
 * Reads what `pulumi preview --json` printed.
 *
 * @throws UserError when it is something else
 */
export function readPreview(text: string): Plan {
    const parsed = digest.safeParse(jsonOf(text));
    if (!parsed.success) {
        const [issue] = parsed.error.issues;
        const where = issue && issue.path.length > 0 ? ` at ${issue.path.join(".")}` : "";
        throw new UserError(
            `this is no output of \`pulumi preview --json\`${where}: ${issue?.message ?? "unreadable"}`,
            {
                cause: parsed.error,
            },
        );
    }
    const { steps, diagnostics, config } = parsed.data;
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
    return planOf(read, { diagnostics: diagnostics ?? [], config: config ?? {} });
}

function jsonOf(text: string): unknown {
    if (text.trim() === "") throw new UserError("nothing came in: pipe `pulumi preview --json` into this command");
    try {
        return parseJson(text);
    } catch (error) {
        throw new UserError("what came in is no JSON: pipe `pulumi preview --json` into this command", {
            cause: error,
        });
    }
}
