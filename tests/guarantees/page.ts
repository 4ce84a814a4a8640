import type { Scenario } from "./scenarios.ts";
import type { Problem } from "./trial.ts";

/** The results of one scenario. */
export interface Row {
    readonly scenario: Scenario;
    readonly kills: number;
    readonly lostAnswers: number;
    readonly faultyRuns: number;
    readonly problems: readonly Problem[];
}

/** A permanent failure, and what the user sees. */
export interface ShownFailure {
    readonly what: string;
    readonly shown: string;
}

const columns: readonly Problem["what"][] = ["errors shown", "duplicates", "differences", "orphans"];

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** The page in provider/docs. */
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
        "# Guarantees",
        "",
        `**${runs} disturbed runs, ${problems} problems.**`,
        "",
        "Every scenario is a program with several resources on the simulated clouds. Its last step is disturbed and then",
        "repeated. The result is compared with that of an undisturbed run. Then everything is destroyed.",
        "",
        "* *kills*: the provider's process is killed right after the answer to its first, second, … change.",
        "* *lost answers*: the answer to the first, second, … change is lost after the cloud has done its work.",
        "* *runs with faults*: three in ten requests fail temporarily: they are throttled, refused with status 500, answered",
        "  by a proxy, disconnected before or after the cloud has done its work, or answered incompletely or with outdated",
        "  data.",
        "",
        "| problem | meaning |",
        "|---|---|",
        "| errors shown | the user saw an error that a retry would have resolved |",
        "| duplicates | the clouds contain more objects than after an undisturbed run |",
        "| differences | the clouds, the next preview or a refresh differ from those after an undisturbed run |",
        "| orphans | objects remain after destroy |",
        "",
        "`UPDATE_DOCS=1 node tests/run.ts tests/guarantees` writes this page. Without the variable, the same test fails if the",
        "page does not match the results.",
        "",
        `| ${head.join(" | ")} |`,
        `|${"---|".repeat(head.length)}`,
        ...cells.map((row) => `| ${row.join(" | ")} |`),
        "",
        "Some runs with faults lose the answer to the order of a server on Open Telekom Cloud, which has no client token. A",
        "second order could create a second server, so the run ends with an error that says so, and the same command resumes.",
        "That error does not count as *errors shown*.",
        "",
        "## Permanent failures",
        "",
        "A failure that no retry resolves is shown once, with the cloud's reason, the id of the request or job, and the next",
        "step. No orphan remains, and the next `up` continues.",
        "",
        "| what happens | what the user sees |",
        "|---|---|",
        ...failures.map(({ what, shown }) => `| ${what} | ${cell(shown)} |`),
    ];
    return `${lines.join("\n")}\n`;
}

/** Masks the ids of requests and jobs, which change with every additional request. */
function cell(text: string): string {
    const masked = text.replace(/\b(request|job) [0-9A-Fa-f-]{32,36}/g, "$1 …");
    return masked.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
