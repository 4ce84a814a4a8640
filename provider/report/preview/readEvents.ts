import { z } from "zod";
import { UserError } from "../../clouds/errors";
import { parseJson } from "../../clouds/json";
import { differenceKind, type EngineStep, engineState } from "./engineState";
import { withInferredReferences } from "./inferredReferences";
import type { Plan } from "./plan";
import { planOf } from "./planOf";

// Reference: `EngineEvent` in the engine's apitype package.
const event = z.object({
    preludeEvent: z.object({ config: z.record(z.string(), z.string()).nullish() }).nullish(),
    resourcePreEvent: z
        .object({
            metadata: z.object({
                op: z.string(),
                urn: z.string(),
                old: engineState.nullish(),
                new: engineState.nullish(),
                keys: z.array(z.string()).nullish(),
                detailedDiff: z.record(z.string(), z.object({ diffKind: differenceKind })).nullish(),
            }),
        })
        .nullish(),
    diagnosticEvent: z
        .object({ message: z.string(), severity: z.string(), ephemeral: z.boolean().optional() })
        .nullish(),
});

/**
 * Reads an engine event log: one event a line, as `pulumi preview --event-log FILE` writes it.
 *
 * @throws UserError that names the line that is none
 */
export function readEvents(text: string): Plan {
    const events = text.split("\n").flatMap((line, index) => (line.trim() === "" ? [] : [eventOf(line, index + 1)]));
    if (events.length === 0) throw new UserError("the event log is empty: give the file of a finished preview");
    const steps = events.flatMap(({ resourcePreEvent }): EngineStep[] => {
        if (!resourcePreEvent) return [];
        const { op, urn, old, new: news, keys, detailedDiff } = resourcePreEvent.metadata;
        const kinds = Object.entries(detailedDiff ?? {}).map(([path, { diffKind }]) => [path, diffKind] as const);
        return [
            {
                op,
                urn,
                olds: old ?? undefined,
                news: news ?? undefined,
                replaceReasons: keys ?? [],
                differences: Object.fromEntries(kinds),
            },
        ];
    });
    const plan = planOf(steps, {
        diagnostics: events.flatMap(({ diagnosticEvent }) => lasting(diagnosticEvent)),
        config: Object.assign({}, ...events.map(({ preludeEvent }) => preludeEvent?.config ?? {})),
    });
    return { ...plan, changes: withInferredReferences(plan.changes) };
}

function lasting(said: z.infer<typeof event>["diagnosticEvent"]) {
    return said && !said.ephemeral ? [said] : [];
}

function eventOf(line: string, number: number): z.infer<typeof event> {
    try {
        return event.parse(parseJson(line));
    } catch (error) {
        throw new UserError(
            `line ${number} of the event log is no engine event: give the file that --event-log wrote`,
            {
                cause: error,
            },
        );
    }
}
