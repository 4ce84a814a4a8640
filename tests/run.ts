// Runs the test files in layers, fast tests first, and adds up their counts: `node tests/run.ts [part of a path ...]`.
// Without a part, or with `--moved`, the fast tests run again with each moved clock. `--fast` skips the engine tests and
// the moved clocks. `--engine` runs only the engine tests.
import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { createRequire } from "node:module";
import { join, sep } from "node:path";
import { movedClocks, withClockMoved } from "./clock/movedClocks.ts";

interface Counts {
    passed: number;
    failed: number;
    skipped: number;
}

interface Layer {
    name: string;
    /** The test files of each process. */
    batches: string[][];
    timeoutMs: number;
    /** Number of parallel processes. */
    lanes: number;
    /** Prepares the layer while earlier layers run, and returns its environment. */
    prepare: () => Promise<NodeJS.ProcessEnv>;
}

const root = join(import.meta.dirname, "..");
const mocha = createRequire(import.meta.url).resolve("mocha/bin/mocha.js");
// How long a process may run after its last test, for example because of a child process.
const lingerMs = 10_000;

const given = process.argv.slice(2);
const filters = given.filter((word) => !word.startsWith("--"));
const has = (option: "--moved" | "--fast" | "--engine") => given.includes(option);
const isMovedToo = given.length === 0 || has("--moved");
const files = globSync("tests/**/*.test.ts", { cwd: root, exclude: (name) => name === "node_modules" })
    .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
    .sort();
const isEngineTest = (file: string) => file.startsWith(join("tests", "engine", "/"));
const fast = has("--engine") ? [] : files.filter((file) => !isEngineTest(file));

const layers: Layer[] = [
    {
        name: "fast",
        batches: byFolder(fast),
        timeoutMs: 10_000,
        lanes: 2,
        prepare: async () => process.env,
    },
    ...Object.entries(isMovedToo ? movedClocks : {}).map(
        ([name, shift]): Layer => ({
            name: `fast (${name})`,
            batches: byFolder(fast),
            timeoutMs: 10_000,
            lanes: 2,
            prepare: async () => withClockMoved(process.env, shift()),
        }),
    ),
    {
        name: "engine",
        batches: has("--fast") ? [] : files.filter(isEngineTest).map((file) => [file]),
        timeoutMs: 180_000,
        // The engine, the program and the provider often wait for each other, so two lanes use the CPUs better.
        lanes: 2,
        prepare: engineEnvironment,
    },
];

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const wanted = layers.filter(({ batches }) => batches.length > 0);
const prepared = new Map(wanted.map((layer) => [layer, prepare(layer)]));
for (const layer of wanted) await runLayer(layer, await prepared.get(layer));
if (total.passed + total.failed === 0) {
    console.error(
        `no test ran: ${filters.length > 0 ? `no file's path contains ${filters.join(" or ")}` : "no files"}`,
    );
}
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);

/** The files of each folder of tests/, the folder with most files first. */
function byFolder(files: readonly string[]): string[][] {
    const folders = Map.groupBy(files, (file) => file.split(sep)[1]);
    return [...folders.values()].sort((a, b) => b.length - a.length);
}

async function engineEnvironment(): Promise<NodeJS.ProcessEnv> {
    const { engineEnv, ensureEngine } = await import("../provider/dist/engine/index.js");
    // Only the test of the TypeScript example uses a plugin.
    const plugins: "random"[] = files.some((file) => file.endsWith("examples.test.ts")) ? ["random"] : [];
    const { home } = await ensureEngine({ plugins, log: (line) => console.error(line) });
    return engineEnv(process.env, home);
}

/** Undefined if the preparation fails, which counts as a failed test. */
async function prepare(layer: Layer): Promise<NodeJS.ProcessEnv | undefined> {
    try {
        return await layer.prepare();
    } catch (error) {
        console.error(`the ${layer.name} tests cannot run: ${error instanceof Error ? error.message : error}`);
        total.failed++;
        return undefined;
    }
}

/** Each lane takes the next batch. A process that crashes or does not exit counts as one more failure. */
async function runLayer(layer: Layer, env: NodeJS.ProcessEnv | undefined): Promise<void> {
    if (!env) return;
    console.log(`${layer.name}:`);
    const left = [...layer.batches];
    const lane = async () => {
        for (let batch = left.shift(); batch; batch = left.shift()) {
            const { counts, problem } = await runMocha(batch, layer.timeoutMs, env);
            total.passed += counts.passed;
            total.failed += counts.failed + (problem ? 1 : 0);
            total.skipped += counts.skipped;
            if (problem) console.error(`the ${layer.name} tests from ${batch[0]} ${problem}`);
        }
    };
    await Promise.all(Array.from({ length: layer.lanes }, lane));
}

function runMocha(
    files: readonly string[],
    timeoutMs: number,
    env: NodeJS.ProcessEnv,
): Promise<{ counts: Counts; problem?: string }> {
    return new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [mocha, "--timeout", String(timeoutMs), ...files], {
            cwd: root,
            env,
            stdio: ["inherit", "inherit", "inherit", "ipc"],
        });
        let counts: Counts | undefined;
        let linger: NodeJS.Timeout | undefined;
        const forward = (signal: NodeJS.Signals) => child.kill(signal);
        process.on("SIGINT", forward).on("SIGTERM", forward);
        child.on("message", (message: Counts) => {
            counts = message;
            linger = setTimeout(() => child.kill("SIGKILL"), lingerMs);
        });
        child.once("error", reject);
        child.once("exit", (code, signal) => {
            clearTimeout(linger);
            process.off("SIGINT", forward).off("SIGTERM", forward);
            resolve(judge(counts, code, signal));
        });
    });
}

function judge(counts: Counts | undefined, code: number | null, signal: NodeJS.Signals | null) {
    const ended = signal ? `signal ${signal}` : `exit code ${code}`;
    if (!counts) return { counts: { passed: 0, failed: 0, skipped: 0 }, problem: `crashed with ${ended}` };
    if (signal) return { counts, problem: `did not exit after the last test and were stopped with ${ended}` };
    if (code !== 0 && counts.failed === 0) return { counts, problem: `crashed after the last test with ${ended}` };
    return { counts };
}
