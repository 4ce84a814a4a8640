// Runs the test files in layers, fast ones first, and adds up their counts: `node tests/run.ts [part of a path ...]`.
import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

interface Counts {
    passed: number;
    failed: number;
    skipped: number;
}

interface Layer {
    name: string;
    files: string[];
    timeoutMs: number;
    /** Makes what the layer needs, and gives the environment it runs in. */
    prepare: () => Promise<NodeJS.ProcessEnv>;
}

const root = join(import.meta.dirname, "..");
const mocha = createRequire(import.meta.url).resolve("mocha/bin/mocha.js");
// How long a process may outlive its last test: something that it started still runs.
const lingerMs = 10_000;

const filters = process.argv.slice(2);
const files = globSync("tests/**/*.test.ts", { cwd: root, exclude: (name) => name === "node_modules" })
    .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
    .sort();
const isEngineTest = (file: string) => file.startsWith(join("tests", "engine", "/"));

const layers: Layer[] = [
    {
        name: "fast",
        files: files.filter((file) => !isEngineTest(file)),
        timeoutMs: 10_000,
        prepare: async () => process.env,
    },
    {
        name: "engine",
        files: files.filter(isEngineTest),
        timeoutMs: 180_000,
        prepare: engineEnvironment,
    },
];

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
for (const layer of layers.filter(({ files }) => files.length > 0)) {
    const counts = await runLayer(layer);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
}
if (total.passed + total.failed === 0) {
    console.error(
        `no test ran: ${filters.length > 0 ? `no file's path contains ${filters.join(" or ")}` : "no files"}`,
    );
}
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);

async function engineEnvironment(): Promise<NodeJS.ProcessEnv> {
    const { engineEnv, ensureEngine } = await import("../provider/dist/engine/index.js");
    const { home } = await ensureEngine({ log: (line) => console.error(line) });
    return engineEnv(process.env, home);
}

/** A layer that cannot be prepared, crashes or does not end counts as one failure more. */
async function runLayer(layer: Layer): Promise<Counts> {
    const env = await layer.prepare().catch((error: unknown) => {
        console.error(`the ${layer.name} tests cannot run: ${error instanceof Error ? error.message : error}`);
    });
    if (!env) return { passed: 0, failed: 1, skipped: 0 };
    const { counts, problem } = await runMocha(layer, env);
    if (!problem) return counts;
    console.error(`the ${layer.name} tests ${problem}`);
    return { ...counts, failed: counts.failed + 1 };
}

function runMocha(layer: Layer, env: NodeJS.ProcessEnv): Promise<{ counts: Counts; problem?: string }> {
    return new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [mocha, "--timeout", String(layer.timeoutMs), ...layer.files], {
            cwd: root,
            env,
            stdio: ["inherit", "inherit", "inherit", "ipc"],
        });
        let counts: Counts | undefined;
        let linger: NodeJS.Timeout | undefined;
        const passOn = (signal: NodeJS.Signals) => child.kill(signal);
        process.on("SIGINT", passOn).on("SIGTERM", passOn);
        child.on("message", (message: Counts) => {
            counts = message;
            linger = setTimeout(() => child.kill("SIGKILL"), lingerMs);
        });
        child.once("error", reject);
        child.once("exit", (code, signal) => {
            clearTimeout(linger);
            process.off("SIGINT", passOn).off("SIGTERM", passOn);
            resolve(judge(counts, code, signal));
        });
    });
}

function judge(counts: Counts | undefined, code: number | null, signal: NodeJS.Signals | null) {
    const ended = signal ? `signal ${signal}` : `exit code ${code}`;
    if (!counts) return { counts: { passed: 0, failed: 0, skipped: 0 }, problem: `crashed with ${ended}` };
    if (signal) return { counts, problem: `left something running and were ended with ${ended}` };
    if (code !== 0 && counts.failed === 0) return { counts, problem: `crashed after the last test with ${ended}` };
    return { counts };
}
