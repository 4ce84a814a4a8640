import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isClockMoved } from "../clock/movedClocks.ts";
import { answerLost, killedAfter, manyFaults } from "./disturbances.ts";
import { failuresForGood, shownOf } from "./failuresForGood.ts";
import { pageOf, type Row, type ShownFailure } from "./page.ts";
import { type Scenario, scenarios } from "./scenarios.ts";
import { type Disturbance, disturbed, type Problem, type Undisturbed, undisturbed } from "./trial.ts";

const page = join(import.meta.dirname, "..", "..", "provider", "docs", "guarantees.md");

/** Seeds of the runs with many faults. */
const seeds = [2, 3, 9];

/** The maximum number of disturbed changes in a scenario. */
const mostTried = 20;

describe("after any temporary failure", function () {
    this.timeout(120_000);
    const rows: Row[] = [];
    const shown: ShownFailure[] = [];

    /** An order without an answer and without a token ends the run instead of being repeated. */
    const manyFaultsOrUnanswered: Disturbance = (clouds, step) =>
        manyFaults(clouds, () =>
            step().catch((error: unknown) => {
                if (!/No second \w+ is ordered/.test(String(error))) throw error;
            }),
        );

    for (const scenario of scenarios) {
        it(`${scenario.name} (${scenario.profile}) ends as without a failure`, async () => {
            const expected = await undisturbed(scenario);
            const problems: string[] = [];
            const found: Problem[] = [];
            const run = async (what: string, given: Scenario & { seed?: number }, disturbance: Disturbance) => {
                const usual: Undisturbed = given.seed === undefined ? expected : await undisturbed(given);
                const ofRun = await disturbed(given, disturbance, usual);
                found.push(...ofRun);
                problems.push(...ofRun.map((problem) => `${what}: ${problem.what}: ${problem.details}`));
            };
            // A late list repeats the same few changes.
            const every = Math.ceil(expected.changes.length / mostTried);
            const changes = [...expected.changes.entries()].filter(([index]) => index % every === 0);
            for (const [index, change] of isClockMoved ? changes.slice(0, 1) : changes) {
                await run(`killed after ${change.action} ${change.nth}`, scenario, killedAfter(index + 1));
                await run(`lost answer of ${change.action} ${change.nth}`, scenario, answerLost(change));
            }
            for (const seed of isClockMoved ? [] : seeds)
                await run(`faults of seed ${seed}`, { ...scenario, seed }, manyFaultsOrUnanswered);
            const { length } = changes;
            rows.push({ scenario, kills: length, lostAnswers: length, faultyRuns: seeds.length, problems: found });
            assert.deepEqual(problems, []);
        });
    }

    for (const failure of failuresForGood) {
        it(`${failure.what} is shown once, with the reason and the next step`, async () => {
            shown.push({ what: failure.what, shown: await shownOf(failure) });
        });
    }

    it("the results match provider/docs/guarantees.md", () => {
        const written = pageOf(rows, shown);
        if (process.env.UPDATE_DOCS === "1" && !isClockMoved) writeFileSync(page, written);
        assert.equal(readFileSync(page, "utf8"), written, "run the test with UPDATE_DOCS=1 and review the changes");
    });
});
