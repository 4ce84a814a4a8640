import type { Memory } from "./memory.ts";
import type { Profile } from "./profile.ts";
import type { Rate } from "./rates.ts";
import { spreadText, type Verdict } from "./targets.ts";

export interface Report {
    readonly machine: string;
    readonly provider: string;
    readonly moto: string;
    readonly rounds: number;
    readonly secondsEach: number;
    readonly verdicts: readonly Verdict[];
    readonly rates: readonly Rate[];
    readonly memory: { readonly ours: readonly Memory[]; readonly moto: readonly Memory[] };
    readonly profiles: readonly Profile[];
}

export function table(rows: readonly (readonly string[])[]): string {
    const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
    const line = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
    const [head = [], ...rest] = rows;
    return [line(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rest.map(line)].join("\n");
}

const columns = ["measure", "ours min / median / max", "moto min / median / max", "ratio", "target", "holds"];
const rateColumns = [
    "requests at 16 connections",
    "per second",
    "p50 ms",
    "p99 ms",
    "server us each",
    "server",
    "client",
];

function percent(part: number): string {
    return `${Math.round(part * 100)} %`;
}

function profileText({ workload, images, self, total }: Profile): string {
    const lines = self.map((share, at) => {
        const other = total[at];
        const right = other ? `${other.percent.toFixed(1).padStart(5)} %  ${other.name}` : "";
        return `  ${share.percent.toFixed(1).padStart(5)} %  ${share.name.padEnd(46).slice(0, 46)}  ${right}`;
    });
    return [`${workload}, ${images} images: self time, and time with callees`, ...lines].join("\n");
}

export function reportText(report: Report): string {
    const { verdicts, rates, memory, profiles } = report;
    const failed = verdicts.filter(({ holds }) => !holds);
    return [
        `${report.machine}; ${report.moto}; ${report.rounds} rounds of ${report.secondsEach} s, alternately, after a warm-up`,
        "the simulator verifies signatures, checks nonces and writes the call log; durable means --data FILE, moto uses memory",
        "",
        table([columns, ...verdicts.map((v) => [v.what, v.ours, v.moto, v.ratio, v.target, v.holds ? "yes" : "NO"])]),
        "",
        ...(failed.length === 0
            ? ["all targets are met"]
            : failed.map(({ what, limit }) => `MISSED ${what}: ${limit}`)),
        "",
        table([
            rateColumns,
            ...rates.map((rate) => [
                rate.name,
                spreadText(rate.perSecond),
                spreadText(rate.p50Ms),
                spreadText(rate.p99Ms),
                spreadText(rate.serverMicroseconds),
                percent(rate.serverCore.median),
                percent(rate.clientCore.median),
            ]),
        ]),
        ...rates.flatMap(({ name, problem }) => (problem ? [`PROBLEM ${name}: ${problem}`] : [])),
        "",
        table([
            ["resident memory", "images", "idle MiB", "after reads MiB"],
            ...Object.entries(memory).flatMap(([name, list]) =>
                list.map((m) => [name, String(m.images), m.idle.toFixed(1), m.afterReads.toFixed(1)]),
            ),
        ]),
        "",
        ...profiles.map((profile) => `${profileText(profile)}\n`),
    ].join("\n");
}
