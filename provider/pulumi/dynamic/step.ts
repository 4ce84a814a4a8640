import { withPatience } from "../../clouds/patience";
import { type StepLimits, StepPatience } from "../../clouds/stepPatience";
import type { HandlerContext } from "./handler";
import type { Properties } from "./plainJson";
import { limitOf, type TimeLimits } from "./timeLimits";

/** Time limit for the lookups of a preview or a refresh, during which a user waits. Milliseconds. */
const LOOKUP_MS = 120_000;
/** A user's limit below this is meant for the operation itself, not for lookups. Milliseconds. */
const SHORTEST_LOOKUP_MS = 10_000;

type Limits = Pick<StepLimits, "limitMs" | "setting" | "countsTurns">;

/** The limits of a step that changes something: the resource's own timeout, which also ends every retry. */
export function limitsOf(verb: keyof TimeLimits, properties: Properties, otherwise: TimeLimits | undefined): Limits {
    if (!otherwise) return {};
    return { limitMs: limitOf(given(properties, verb), otherwise[verb]), setting: `timeouts.${verb}` };
}

/** The limits of a step that only reads. Waiting for the account's request quota does not count. */
export function lookupLimits(properties: Properties): Limits {
    const limit = limitOf(given(properties, "create"), "2m");
    return { limitMs: Math.min(LOOKUP_MS, Math.max(SHORTEST_LOOKUP_MS, limit)), countsTurns: false };
}

function given({ timeouts }: Properties, verb: keyof TimeLimits): string | undefined {
    if (typeof timeouts !== "object" || timeouts === null) return undefined;
    const found = Object.entries(timeouts).find(([name]) => name === verb)?.[1];
    return typeof found === "string" ? found : undefined;
}

/** A step with a time limit. */
export interface Step {
    context: HandlerContext;
    run<T>(work: () => Promise<T>): Promise<T>;
}

/** Opens a step. Every wait in the step is shown, and ends with the step. */
export function openStep(around: HandlerContext, limits: Limits): Step {
    const patience = new StepPatience({ ...limits, time: around.time, show: around.report });
    return {
        context: {
            ...around,
            time: patience.time,
            report: (message) => patience.report(message),
            // Work at the end of the run belongs to no step.
            whenSaved: (work) => around.whenSaved(() => withPatience(undefined, work)),
        },
        run: (work) => patience.run(work),
    };
}
