import { join } from "node:path";

const dayMs = 24 * 3_600_000;

/** The clocks with which CI runs the fast tests and the main job again: no test may depend on the date. */
export const movedClocks = {
    "a day later": () => dayMs,
    "400 days later": () => 400 * dayMs,
    // At noon, so that the day does not change while the tests run.
    "on a leap day": () => Date.parse("2028-02-29T12:00:00Z") - Date.now(),
};

/** The environment of processes whose clock, and that of their child processes, is moved by `ms`. */
export function withClockMoved(env: NodeJS.ProcessEnv, ms: number): NodeJS.ProcessEnv {
    return {
        ...env,
        MACHINE_IMAGES_TEST_CLOCK_SHIFT: String(Math.round(ms)),
        NODE_OPTIONS: `${env.NODE_OPTIONS ?? ""} --require=${join(import.meta.dirname, "movedClock.cjs")}`.trim(),
        PYTHONPATH: [join(import.meta.dirname, "python"), env.PYTHONPATH].filter(Boolean).join(":"),
    };
}

/** Whether the clock of this process is moved. Then the tests are about the date, and random tests have already run. */
export const isClockMoved = process.env.MACHINE_IMAGES_TEST_CLOCK_SHIFT !== undefined;

/** All rows of a large table, or every fourth if the clock is moved, which affects all rows alike. */
export function rowsOf<Row>(table: readonly Row[]): readonly Row[] {
    return isClockMoved ? table.filter((_, index) => index % 4 === 0) : table;
}
