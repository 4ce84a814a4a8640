import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type Spread, spreadOf } from "../simulator/statistics.ts";

const root = join(import.meta.dirname, "..", "..", "..");

/** Processes that load their modules and exit. */
const processes = {
    plugin: ["@pulumi/pulumi/cmd/dynamic-provider", "pulumi-machine-images/handlers"],
    emptyPlugin: ["@pulumi/pulumi/cmd/dynamic-provider"],
    program: ["@pulumi/pulumi", "pulumi-machine-images"],
    emptyProgram: ["@pulumi/pulumi"],
} as const;

export type StartUp = Readonly<Record<keyof typeof processes, Spread>>;

function startMs(modules: readonly string[]): number {
    const program = `
        const began = performance.now();
        for (const name of ${JSON.stringify(modules)}) require(name);
        require("node:fs").writeSync(3, String(performance.now() - began));
        process.exit(0);
    `;
    // Pulumi's plugin requires an engine address, and writes to stdout.
    const { output } = spawnSync(process.execPath, ["-e", program, "plugin", "127.0.0.1:1"], {
        cwd: root,
        encoding: "utf8",
        stdio: ["ignore", "ignore", "ignore", "pipe"],
    });
    return Number(output[3] || Number.NaN);
}

const commandLine = join(root, "provider", "bin", "machine-images.js");

/** Whole processes that print help, compared with one that does nothing. */
export interface HelpStart {
    readonly help: Spread;
    readonly completion: Spread;
    readonly nothing: Spread;
}

/** The duration of whole processes, alternately, after an uncounted round. */
export function measureHelp(rounds: number): HelpStart {
    const times = { help: [0], completion: [0], nothing: [0] };
    const words = {
        help: [commandLine, "--help"],
        completion: [commandLine, "completion", "bash"],
        nothing: ["-e", "0"],
    };
    for (let round = 0; round <= rounds; round++) {
        for (const name of ["help", "completion", "nothing"] as const) {
            const began = performance.now();
            spawnSync(process.execPath, words[name], { stdio: "ignore" });
            times[name][round] = performance.now() - began;
        }
    }
    const spread = (all: number[]) => spreadOf(all.slice(1));
    return { help: spread(times.help), completion: spread(times.completion), nothing: spread(times.nothing) };
}

/** The duration of loading modules in new processes, alternately, after an uncounted round. */
export function measureStartUp(rounds: number): StartUp {
    const times = { plugin: [0], emptyPlugin: [0], program: [0], emptyProgram: [0] };
    for (let round = 0; round <= rounds; round++) {
        for (const name of ["plugin", "emptyPlugin", "program", "emptyProgram"] as const) {
            times[name][round] = startMs(processes[name]);
        }
    }
    const spread = (all: number[]) => spreadOf(all.slice(1));
    return {
        plugin: spread(times.plugin),
        emptyPlugin: spread(times.emptyPlugin),
        program: spread(times.program),
        emptyProgram: spread(times.emptyProgram),
    };
}
