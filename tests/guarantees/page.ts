import type { Scenario } from "./scenarios.ts";
import type { Problem } from "./trial.ts";

/** What the runs of one scenario gave. */
export interface Row {
    readonly scenario: Scenario;
    readonly kills: number;
    readonly lostAnswers: number;
    readonly faultyRuns: number;
    readonly problems: readonly Problem[];
}

/** A failure for good, and what the user was shown. */
export interface ShownFailure {
    readonly what: string;
    readonly shown: string;
}

const columns: readonly Problem["what"][] = ["fault shown", "doubled", "different", "left behind"];

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** The page of provider/docs. */
export function pageOf(rows: readonly Row[], failures: readonly ShownFailure[]): string {
    const runs = sum(rows.map(({ kills, lostAnswers, faultyRuns }) => kills + lostAnswers + faultyRuns));
    const problems = sum(rows.map((row) => row.problems.length));
    const cells = rows.map(({ scenario, kills, lostAnswers, faultyRuns, problems: found }) => [
        `${scenario.name} (${scenario.profile})`,
        kills,
        lostAnswers,
        faultyRuns,
        ...columns.map((what) => found.filter((problem) => problem.what === what).length),
    ]);
    const head = ["scenario", "kills", "lost answers", "runs with faults", ...columns];
    const lines = [
        "# What happens when things go wrong",
        "",
        `**${runs} disturbed runs, ${problems} problems.**`,
        "",
        "Every scenario is a program of several resources on the simulated clouds. Its last step is disturbed, then run again,",
        "and compared with a run that nothing disturbed; then everything is destroyed.",
        "",
        "* *kills*: the provider's process is killed right after its first, second, … change was answered.",
        "* *lost answers*: the answer to the first, second, … change is lost after its work was done.",
        "* *runs with faults*: of all requests three in ten go wrong for a moment: throttled, refused with a 500, answered by",
        "  a proxy's page, cut off before or after the work was done, answered by half, or answered with what was true before.",
        "",
        "*fault shown*: an error reached the user that another try mended; *doubled*: more objects than without the",
        "disturbance; *different*: the clouds, the next preview or a refresh differ from it; *left behind*: something is left",
        "after destroy.",
        "",
        "Written by `UPDATE_DOCS=1 node tests/run.ts tests/guarantees`; without the variable the same test fails when this page",
        "is not what the run gives.",
        "",
        `| ${head.join(" | ")} |`,
        `|${"---|".repeat(head.length)}`,
        ...cells.map((row) => `| ${row.join(" | ")} |`),
        "",
        "Some runs with faults lose the answer to the order of a server on Open Telekom Cloud, which has no client token. A",
        "second order could be a second server, so the run ends with an error that says so, and the same command goes on.",
        "That error is not counted as *fault shown*.",
        "",
        "## What cannot be mended",
        "",
        "is shown once, with the cloud's reason, the id of the request or job, and what to do. Nothing is left behind, and the",
        "next `up` goes on.",
        "",
        "| what happens | what the user sees |",
        "|---|---|",
        ...failures.map(({ what, shown }) => `| ${what} | ${cell(shown)} |`),
    ];
    return `${lines.join("\n")}\n`;
}

/** Without the ids of requests and jobs, which are others as soon as one request more is sent. */
function cell(text: string): string {
    const masked = text.replace(/\b(request|job) [0-9A-Fa-f-]{32,36}/g, "$1 …");
    return masked.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
