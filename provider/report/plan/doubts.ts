import { type EngineStep, isOwnComponent, nameOf, ownType, typeOf } from "./engineState";
import { isHarmless, isKnownStep, operationOf } from "./operations";
import type { Doubt } from "./plan";

/** What the end of a preview says about the preview itself. */
export interface Ending {
    /** How many resources each operation changes. Absent if the preview did not finish. */
    summary?: Readonly<Record<string, number>>;
    isCorrupt: boolean;
    /** False for the log of a run that changed resources. */
    isPreview: boolean;
    /** Keys that this version does not know, from a newer format. */
    unknownKeys: readonly string[];
}

/** All signs that a preview does not show everything that `up` does. */
export function doubtsOf(steps: readonly EngineStep[], ending: Ending, hasFailed: boolean): Doubt[] {
    const { summary, isCorrupt, isPreview, unknownKeys } = ending;
    return [
        ...(hasFailed ? [{ kind: "failed" } as const] : []),
        ...(summary === undefined ? [{ kind: "unfinished" } as const] : []),
        ...(isCorrupt ? [{ kind: "corrupt" } as const] : []),
        ...(isPreview ? [] : [{ kind: "notPreview" } as const]),
        ...unknownKeys.map((key) => ({ kind: "unknownKey", key }) as const),
        ...steps.flatMap(doubtsOfStep),
        ...missingSteps(steps, summary ?? {}),
    ];
}

function doubtsOfStep({ op, urn, olds, news }: EngineStep): Doubt[] {
    const name = nameOf(urn);
    if (!isKnownStep(op)) return [{ kind: "unknownOperation", operation: op, name }];
    const type = typeOf(urn);
    if (type === undefined) return [{ kind: "unreadableUrn", urn }];
    if (isHarmless(op)) return [];
    if (ownType(urn) === undefined) {
        const isOurs = /(^|[/:])machine-images:/.test(type) && !isOwnComponent(type);
        return isOurs ? [{ kind: "unknownType", type, name }] : [];
    }
    const operation = operationOf(op);
    const hasOld = olds?.id !== undefined && olds.inputs !== undefined;
    const isWhole = operation === "create" || hasOld;
    const isWanted = operation === "delete" || operation === undefined || news?.inputs !== undefined;
    return isWhole && isWanted ? [] : [{ kind: "noState", operation: op, name }];
}

/** Operations that the summary counts, but the preview does not list. */
function missingSteps(steps: readonly EngineStep[], summary: Readonly<Record<string, number>>): Doubt[] {
    const listed = new Map<string, number>();
    for (const { op } of steps) listed.set(op, (listed.get(op) ?? 0) + 1);
    return Object.entries(summary).flatMap(([operation, counted]): Doubt[] => {
        const found = listed.get(operation) ?? 0;
        if (operation === "same" || counted <= found) return [];
        return [{ kind: "missingSteps", operation, counted, listed: found }];
    });
}
