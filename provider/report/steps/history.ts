import { z } from "zod";
import { engineState, nameOf, ownType, resourceState } from "../plan/engineState";
import { regionOf } from "../plan/facts";
import type { PlannedChange } from "../plan/plan";
import type { PlannedAction } from "./order";

/** How long operations took in earlier runs, by `historyKey`. */
export type History = ReadonlyMap<string, Took>;

/** Seconds that the fastest and the slowest run took. */
export interface Took {
    range: readonly [least: number, most: number];
    times: number;
}

export const noHistory: History = new Map();

/** Identifies comparable operations: the same operation on the same type of object in the same region. */
export function historyKey({ change, operation }: Pick<PlannedAction, "change" | "operation">): string {
    const properties = operation === "delete" ? change.olds?.outputs : change.news?.inputs;
    return [change.type, operation, regionOf(change, properties)].join(" ");
}

// Reference: `EngineEvent` in the engine's apitype package. Its timestamps are seconds.
const step = z.object({
    metadata: z.object({
        op: z.string(),
        urn: z.string(),
        old: engineState.nullish(),
        new: engineState.nullish(),
    }),
    planning: z.boolean().optional(),
});
const event = z.object({
    timestamp: z.number(),
    resourcePreEvent: step.optional(),
    resOutputsEvent: step.optional(),
});

const operations: Partial<Record<string, PlannedAction["operation"]>> = {
    create: "create",
    "create-replacement": "create",
    update: "update",
    delete: "delete",
    "delete-replaced": "delete",
};

/**
 * Durations from the engine event logs of earlier runs: `pulumi up --event-log FILE`. Skips unreadable lines, because
 * an interrupted run ends in the middle of one, and events of previews.
 */
export function historyOf(logs: readonly string[]): History {
    const took = new Map<string, Took>();
    for (const log of logs) {
        const started = new Map<string, number>();
        for (const line of log.split("\n")) {
            const read = event.safeParse(jsonOf(line));
            if (!read.success) continue;
            const { timestamp, resourcePreEvent: start, resOutputsEvent: end } = read.data;
            const found = start ?? end;
            if (!found || found.planning) continue;
            const { op, urn } = found.metadata;
            if (start) started.set(`${op} ${urn}`, timestamp);
            const from = started.get(`${op} ${urn}`);
            const key = keyOf(found.metadata);
            if (!end || from === undefined || key === undefined) continue;
            const seconds = timestamp - from;
            const { range, times } = took.get(key) ?? { range: [seconds, seconds] as const, times: 0 };
            took.set(key, { range: [Math.min(range[0], seconds), Math.max(range[1], seconds)], times: times + 1 });
        }
    }
    return took;
}

function keyOf({ op, urn, old, new: news }: z.infer<typeof step>["metadata"]): string | undefined {
    const type = ownType(urn);
    const operation = operations[op];
    if (type === undefined || operation === undefined) return undefined;
    const change: PlannedChange = {
        urn,
        type,
        name: nameOf(urn),
        operation,
        ...(old && { olds: resourceState(old) }),
        ...(news && { news: resourceState(news) }),
        replaceReasons: [],
        differences: [],
    };
    return historyKey({ change, operation });
}

function jsonOf(line: string): unknown {
    try {
        return JSON.parse(line);
    } catch {
        return undefined;
    }
}
