import { join } from "node:path";

const dayMs = 24 * 3_600_000;

/** The clocks under which the fast tests and the main job run once more: none of them may depend on the date. */
export const movedClocks = {
    "a day later": () => dayMs,
    "400 days later": () => 400 * dayMs,
    // At noon, so that it stays that day while the tests run.
    "on a leap day": () => Date.parse("2028-02-29T12:00:00Z") - Date.now(),
};

/** Environment of processes whose clock is moved by `ms`, and of those that they start. */
export function withClockMoved(env: NodeJS.ProcessEnv, ms: number): NodeJS.ProcessEnv {
    return {
        ...env,
        MACHINE_IMAGES_TEST_CLOCK_SHIFT: String(Math.round(ms)),
        NODE_OPTIONS: `${env.NODE_OPTIONS ?? ""} --require=${join(import.meta.dirname, "movedClock.cjs")}`.trim(),
        PYTHONPATH: [join(import.meta.dirname, "python"), env.PYTHONPATH].filter(Boolean).join(":"),
    };
}

/** Whether this process' clock is moved: then the date is what is tested, and chance has had its turn. */
export const isClockMoved = process.env.MACHINE_IMAGES_TEST_CLOCK_SHIFT !== undefined;

/** All rows of a large table; every fourth of them when the clock is moved, which touches all rows alike. */
export function rowsOf<Row>(table: readonly Row[]): readonly Row[] {
    return isClockMoved ? table.filter((_, index) => index % 4 === 0) : table;
}
