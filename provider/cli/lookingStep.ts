import { StepPatience } from "../clouds/stepPatience";
import { systemTime } from "../core/time";

/** Limit of a command that only reads: a user or a pipeline waits for it. Milliseconds. */
const READ_MS = 300_000;
/** Limit of a command that changes objects: as long as the slowest of its steps in an `up`. Milliseconds. */
const CHANGE_MS = 7_200_000;

/** Limits how long a command reads from the clouds. Waiting for the quota of calls does not count. */
export function lookingStep(show: (message: string) => void): StepPatience {
    return new StepPatience({ time: systemTime, limitMs: READ_MS, countsTurns: false, show });
}

/** Limits how long a command changes objects in the clouds. */
export function changingStep(show: (message: string) => void): StepPatience {
    return new StepPatience({ time: systemTime, limitMs: CHANGE_MS, show });
}
