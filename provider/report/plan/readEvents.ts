import { z } from "zod";
import { UserError } from "../../clouds/errors";
import { parseJson } from "../../core/json";
import { differenceKind, type EngineStep, engineState } from "./engineState";
import { withInferredReferences } from "./inferredReferences";
import type { Plan } from "./plan";
import { planOf } from "./planOf";
import { shallow } from "./shallow";

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
    errorEvent: z.object({ error: z.string() }).nullish(),
    resOpFailedEvent: z.unknown().optional(),
    summaryEvent: z
        .object({
            maybeCorrupt: z.boolean().nullish(),
            resourceChanges: z.record(z.string(), z.int().min(0)).nullish(),
            isPreview: z.boolean().nullish(),
            result: z.string().nullish(),
        })
        .nullish(),
});

/** The other keys of an event. They do not describe what `up` does. */
const otherKeys = [
    "sequence",
    "timestamp",
    "cancelEvent",
    "stdoutEvent",
    "resOutputsEvent",
    "policyEvent",
    "policyRemediationEvent",
    "policyLoadEvent",
    "policyAnalyzeSummaryEvent",
    "policyRemediateSummaryEvent",
    "policyAnalyzeStackSummaryEvent",
    "startDebuggingEvent",
    "progressEvent",
];
const knownKeys = new Set([...Object.keys(event.shape), ...otherKeys]);

/**
 * Reads an engine event log: one event on each line, as `pulumi preview --event-log FILE` writes it.
 *
 * @throws UserError that names the first invalid line
 */
export function readEvents(text: string): Plan {
    const unknownKeys = new Set<string>();
    const events = text.split("\n").flatMap((line, index) => {
        if (line.trim() === "") return [];
        const json = jsonOf(line, index + 1);
        for (const key of Object.keys(Object(json))) if (!knownKeys.has(key)) unknownKeys.add(key);
        return [eventOf(json, index + 1)];
    });
    if (events.length === 0) throw new UserError("the event log is empty: pass the event log of a finished preview");
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
    if (steps.length === 0 && !events.some(hasFailed)) {
        throw new UserError("the event log has no steps: pass the event log of a finished preview");
    }
    const summaries = events.flatMap(({ summaryEvent }) => summaryEvent ?? []);
    const last = summaries.at(-1);
    const plan = planOf(steps, {
        diagnostics: events.flatMap(diagnosticsOf),
        config: Object.assign({}, ...events.map(({ preludeEvent }) => preludeEvent?.config ?? {})),
        ending: {
            ...(last && { summary: last.resourceChanges ?? {} }),
            isCorrupt: summaries.some(({ maybeCorrupt }) => maybeCorrupt === true),
            isPreview: summaries.every(({ isPreview }) => isPreview !== false),
            unknownKeys: [...unknownKeys],
        },
    });
    return { ...plan, changes: withInferredReferences(plan.changes) };
}

type Event = z.infer<typeof event>;

const hasFailed = (one: Event): boolean => diagnosticsOf(one).some(({ severity }) => severity === "error");

/** The diagnostics of an event. A failure without a message gets one. */
function diagnosticsOf({ diagnosticEvent, errorEvent, resOpFailedEvent, summaryEvent }: Event) {
    const error = (message: string) => ({ message, severity: "error" });
    const { result } = summaryEvent ?? {};
    return [
        ...(diagnosticEvent && !diagnosticEvent.ephemeral ? [diagnosticEvent] : []),
        ...(errorEvent ? [error(errorEvent.error)] : []),
        ...(resOpFailedEvent ? [error("an operation failed")] : []),
        ...(result && result !== "succeeded" ? [error(`the preview ended with the result "${result}"`)] : []),
    ];
}

const notAnEvent = (number: number, cause: unknown) =>
    new UserError(`line ${number} of the event log is not an engine event: pass the file that --event-log wrote`, {
        cause,
    });

function jsonOf(line: string, number: number): unknown {
    try {
        return shallow(parseJson(line));
    } catch (error) {
        throw notAnEvent(number, error);
    }
}

function eventOf(json: unknown, number: number): Event {
    const { success, data, error } = event.safeParse(json);
    if (!success) throw notAnEvent(number, error);
    return data;
}
