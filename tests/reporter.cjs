"use strict";

const path = require("node:path");
const { reporters, Runner } = require("mocha");

const { constants } = Runner;

/**
 * Prints one line for each suite, with its file, and the details of each failure. With tests/run.ts it sends the counts
 * to the runner, which adds them up. Without it, it prints the total.
 */
class FileReporter extends reporters.Base {
    constructor(runner, options) {
        super(runner, options);
        this.current = undefined;
        this.started = Date.now();
        runner.on(constants.EVENT_SUITE_BEGIN, (suite) => {
            if (suite.parent?.root) this.started = Date.now();
        });
        runner.on(constants.EVENT_SUITE_END, (suite) => {
            if (suite.parent?.root) this.printFile();
        });
        runner.on(constants.EVENT_TEST_PASS, (test) => this.count(test, "passed"));
        runner.on(constants.EVENT_TEST_PENDING, (test) => this.count(test, "skipped"));
        runner.on(constants.EVENT_TEST_FAIL, (test) => this.count(test, "failed"));
        runner.once(constants.EVENT_RUN_END, () => this.finish());
    }

    count(test, outcome) {
        const file = test.file ? path.relative(process.cwd(), test.file) : "(no file)";
        this.current ??= { file, passed: 0, failed: 0, skipped: 0 };
        this.current[outcome]++;
        // Printed at once, so that it is visible even if the run hangs later.
        if (outcome === "failed") console.log(`  FAILED  ${test.fullTitle()}`);
    }

    printFile() {
        if (!this.current) return;
        const { file, ...counts } = this.current;
        const mark = counts.failed > 0 ? "✗" : "✓";
        console.log(`${mark} ${file}  ${countsText(counts)}  ${Date.now() - this.started} ms`);
        this.current = undefined;
    }

    finish() {
        this.printFile();
        if (this.failures.length > 0) reporters.Base.list(this.failures);
        const { passes: passed, failures: failed, pending: skipped } = this.stats;
        if (process.send) process.send({ passed, failed, skipped });
        else console.log(countsText({ passed, failed, skipped }));
    }
}

function countsText({ passed, failed, skipped }) {
    return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

module.exports = FileReporter;
