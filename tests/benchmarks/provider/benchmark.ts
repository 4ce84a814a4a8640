/**
 * Compares the provider on the real engine with resources that do nothing, and counts its cloud calls. Prints a table
 * and compares it with targets; a missed target does not fail the run.
 *
 * @module
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { table } from "../simulator/report.ts";
import { measureCalls, measureWaiting } from "./cloudCalls.ts";
import { engineRuns, measureFloor, measureState } from "./engineFloor.ts";
import { measureLargeInputs } from "./largeInputs.ts";
import { measureHelp, measureStartUp } from "./startUp.ts";
import {
    callVerdicts,
    floorVerdict,
    helpVerdicts,
    largeInputVerdict,
    quotaVerdict,
    startVerdicts,
    stateVerdict,
    type Verdict,
    waitingVerdict,
} from "./verdicts.ts";

const modes = {
    full: { sizes: [10, 100, 500], rounds: 3, starts: 7, seeds: [1, 2, 3, 4, 5] },
    quick: { sizes: [10, 100], rounds: 2, starts: 3, seeds: [1, 2] },
};

const columns = ["measure", "ours (min / median)", "compared with", "ratio", "target", "holds"];

function text(verdicts: readonly Verdict[]): string {
    const rows = verdicts.map((v) => [
        v.what,
        v.ours,
        v.comparedWith,
        v.ratio,
        v.target,
        v.holds === undefined ? "" : v.holds ? "yes" : "NO",
    ]);
    const missed = verdicts.filter(({ holds }) => holds === false);
    return [
        `${cpus()[0]?.model ?? "unknown"} x ${cpus().length}, Node ${process.version}`,
        "engine, backend in a file, provider and simulator on this machine; the floor is the same number of resources that do nothing",
        "",
        table([columns, ...rows]),
        "",
        ...(missed.length === 0
            ? ["all targets are met"]
            : missed.map(({ what, limit }) => `MISSED ${what}: ${limit}`)),
    ].join("\n");
}

export async function benchmarkProvider(argv: string[]): Promise<void> {
    const { values: given } = parseArgs({
        args: argv,
        options: { quick: { type: "boolean" }, json: { type: "string" } },
    });
    const verdicts = await measure(given.quick ? modes.quick : modes.full);
    console.log(text(verdicts));
    if (given.json !== undefined) writeFileSync(given.json, `${JSON.stringify(verdicts, undefined, 2)}\n`);
}

/** Combines the measurements with all seeds. */
async function life(size: number, callsPerMinute: number | undefined, seeds: readonly number[], inOneRegion: boolean) {
    const config = callsPerMinute ? { "machine-images:callsPerMinute": String(callsPerMinute) } : undefined;
    const lives = [];
    for (const seed of seeds) lives.push(await measureCalls({ size, inOneRegion, callsPerMinute, config }, seed));
    const [first] = lives;
    if (!first) throw new Error("no seed");
    return { ...first, late: lives.flatMap(({ late }) => late) };
}

async function measure(mode: (typeof modes)["full"]): Promise<Verdict[]> {
    const note = (line: string) => console.error(`bench: ${line}`);
    const folder = join(import.meta.dirname, "..", "..", ".work", "bench", String(process.pid));
    mkdirSync(folder, { recursive: true });
    const verdicts: Verdict[] = [];
    try {
        note("start");
        verdicts.push(...startVerdicts(measureStartUp(mode.starts)), ...helpVerdicts(measureHelp(mode.starts)));

        note("large inputs");
        verdicts.push(...measureLargeInputs(mode.rounds, folder).map(largeInputVerdict));

        note("calls and waits on virtual time");
        for (const size of [1, 10, 50]) {
            const seeds = size === 1 ? Array.from({ length: 20 }, (_, at) => at * 7919 + 1) : mode.seeds;
            verdicts.push(...callVerdicts(await life(size, undefined, seeds, true), false));
        }
        verdicts.push(...callVerdicts(await life(100, undefined, mode.seeds, false), false));
        verdicts.push(waitingVerdict(100, await measureWaiting(100)));
        verdicts.push(...callVerdicts(await life(50, 10, mode.seeds, true), true));
        const paced = await life(100, 10, mode.seeds, false);
        // Each piece of work can take 30 % longer than 60 s and 180 s, and one of the last ten takes about that long.
        verdicts.push(...callVerdicts(paced, true), quotaVerdict(paced, 240_000));

        const runs = await engineRuns();
        note("state");
        for (const stored of await measureState(runs, folder)) verdicts.push(stateVerdict(stored));
        for (const size of mode.sizes) {
            note(`engine, ${size} images`);
            verdicts.push(...(await measureFloor(runs, folder, size, mode.rounds)).map(floorVerdict));
        }
        return verdicts;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
