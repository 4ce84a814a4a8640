import { StepPatience } from "../clouds/stepPatience";
import { systemTime } from "../core/time";

/** Somebody waits before the screen, or a pipeline: a command looks no longer than this. Milliseconds. */
const LOOKING_MS = 300_000;
/** A command that changes something may wait as long as the slowest of its steps in an `up`. Milliseconds. */
const CHANGING_MS = 7_200_000;

/** The end of a command's looks at the clouds; waiting for a turn within the account's quota does not count. */
export function lookingStep(show: (message: string) => void): StepPatience {
    return new StepPatience({ time: systemTime, limitMs: LOOKING_MS, countsTurns: false, show });
}

/** The end of a command's changes in the clouds. */
export function changingStep(show: (message: string) => void): StepPatience {
    return new StepPatience({ time: systemTime, limitMs: CHANGING_MS, show });
}
