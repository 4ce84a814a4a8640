import { withPatience } from "../../clouds/patience";
import { type StepLimits, StepPatience } from "../../clouds/stepPatience";
import type { HandlerContext } from "./handler";
import type { Properties } from "./plainJson";
import { limitOf, type TimeLimits } from "./timeLimits";

/** How long the looks of a preview or a refresh may take: somebody waits for it. Milliseconds. */
const LOOKUP_MS = 120_000;
/** A limit that is shorter than this is meant for the work itself. Milliseconds. */
const SHORTEST_LOOKUP_MS = 10_000;

type Limits = Pick<StepLimits, "limitMs" | "setting" | "countsTurns">;

/** The end of a step that changes something: the resource's own timeout, also for every retry in it. */
export function limitsOf(verb: keyof TimeLimits, properties: Properties, otherwise: TimeLimits | undefined): Limits {
    if (!otherwise) return {};
    return { limitMs: limitOf(given(properties, verb), otherwise[verb]), setting: `timeouts.${verb}` };
}

/** The end of a step that only looks: waiting for a turn within the account's quota does not count. */
export function lookupLimits(properties: Properties): Limits {
    const limit = limitOf(given(properties, "create"), "2m");
    return { limitMs: Math.min(LOOKUP_MS, Math.max(SHORTEST_LOOKUP_MS, limit)), countsTurns: false };
}

function given({ timeouts }: Properties, verb: keyof TimeLimits): string | undefined {
    if (typeof timeouts !== "object" || timeouts === null) return undefined;
    const found = Object.entries(timeouts).find(([name]) => name === verb)?.[1];
    return typeof found === "string" ? found : undefined;
}

/** A step with an end. */
export interface Step {
    context: HandlerContext;
    run<T>(work: () => Promise<T>): Promise<T>;
}

/** Opens a step: every wait in it is shown, and ends with it. */
export function openStep(around: HandlerContext, limits: Limits): Step {
    const patience = new StepPatience({ ...limits, time: around.time, show: around.report });
    return {
        context: {
            ...around,
            time: patience.time,
            report: (message) => patience.report(message),
            // What is done at the end of the run is part of no step.
            whenSaved: (work) => around.whenSaved(() => withPatience(undefined, work)),
        },
        run: (work) => patience.run(work),
    };
}
