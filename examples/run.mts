// Runs the stack of the Pulumi.yaml in the root with the Pulumi engine: `npm start` and `npm run down`.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readyEngine } from "../provider/dist/cli/readyEngine.js";
import { defaultSimulatorData } from "../provider/dist/clouds/settings.js";
import { engineEnv } from "../provider/dist/engine/index.js";
import { heldIn, leftIn } from "./simulatedClouds.mts";
import { type Row, table } from "./table.mts";

const root = join(import.meta.dirname, "..");
const state = join(root, ".machine-images");
const stack = "dev";

interface EngineEvent {
    timestamp: number;
    resourcePreEvent?: { metadata: { urn: string; op: string } };
    resOutputsEvent?: { metadata: { urn: string; op: string } };
}

interface Deployment {
    deployment: {
        resources?: {
            urn: string;
            id?: string;
            type: string;
            inputs?: { cloud?: { type: string; region: string }; to?: string };
            outputs?: { status?: string };
        }[];
    };
}

/** Creates the state folder and, unless the user has set a passphrase, sets an empty one, so that nothing prompts. */
async function environment(): Promise<NodeJS.ProcessEnv> {
    mkdirSync(state, { recursive: true });
    const engine = await readyEngine();
    const env = engineEnv(process.env, engine.home);
    // Without this variable, the engine writes no event log.
    env.PULUMI_DEBUG_COMMANDS = "true";
    const hasPassphrase = "PULUMI_CONFIG_PASSPHRASE" in env || "PULUMI_CONFIG_PASSPHRASE_FILE" in env;
    return hasPassphrase ? env : { ...env, PULUMI_CONFIG_PASSPHRASE: "" };
}

function pulumi(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
    return new Promise((resolve, reject) => {
        const child = spawn("pulumi", args, { cwd: root, env, stdio: "inherit" });
        child.once("error", reject);
        child.once("exit", (code) => resolve(code ?? 1));
    });
}

function pulumiJson<T>(args: string[], env: NodeJS.ProcessEnv): T {
    const { stdout } = spawnSync("pulumi", args, { cwd: root, env, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
    const value: T = JSON.parse(stdout);
    return value;
}

/** Seconds that the engine spent on each resource, by URN. */
function secondsByUrn(eventLog: string): Map<string, number> {
    const began = new Map<string, number>();
    const took = new Map<string, number>();
    for (const line of readFileSync(eventLog, "utf8").split("\n").filter(Boolean)) {
        const event: EngineEvent = JSON.parse(line);
        const before = event.resourcePreEvent?.metadata;
        const after = event.resOutputsEvent?.metadata;
        if (before) began.set(before.urn, event.timestamp);
        const start = after && after.op !== "same" ? began.get(after.urn) : undefined;
        if (after && start !== undefined) took.set(after.urn, event.timestamp - start);
    }
    return took;
}

function rows(env: NodeJS.ProcessEnv, took: Map<string, number>): Row[] {
    const exported = pulumiJson<Deployment>(["stack", "export", "--stack", stack], env);
    const resources = exported.deployment.resources ?? [];
    return resources
        .filter((resource) => resource.type.startsWith("pulumi-nodejs:dynamic/machine-images:"))
        .map(({ urn, id = "", type, inputs, outputs }) => ({
            resource: `${type.split(":").at(-1)} ${urn.split("::").at(-1)}`,
            cloud: inputs?.cloud?.type ?? "",
            region: inputs?.to ?? inputs?.cloud?.region ?? "",
            id,
            state: outputs?.status ?? "shared",
            took: took.has(urn) ? `${took.get(urn)} s` : "unchanged",
        }));
}

async function up(): Promise<number> {
    const env = await environment();
    const eventLog = join(state, "events.json");
    rmSync(eventLog, { force: true });
    await pulumi(["stack", "select", "--create", stack, "--non-interactive"], env);
    const args = ["up", "--yes", "--skip-preview", "--stack", stack, "--event-log", eventLog];
    const code = await pulumi(args, env);
    if (code !== 0) return code;
    console.log(`\n${table(rows(env, secondsByUrn(eventLog)))}\n`);
    rmSync(eventLog, { force: true });
    console.log("Next:");
    console.log("  npm start                          run again: nothing changes");
    console.log("  export PULUMI_CONFIG_PASSPHRASE=   then npx pulumi preview, npx pulumi up, npx pulumi stack output");
    console.log("  npm run down                       delete everything, in the order that the clouds require");
    return 0;
}

async function down(): Promise<number> {
    const env = await environment();
    await pulumi(["stack", "select", "--create", stack, "--non-interactive"], env);
    const code = await pulumi(["destroy", "--yes", "--skip-preview", "--stack", stack], env);
    if (code !== 0) return code;
    const left = leftIn(heldIn(join(root, defaultSimulatorData)));
    console.log(
        left.length === 0
            ? "\nThe simulated clouds hold exactly what they held before the first npm start."
            : `\nLeft in the simulated clouds:\n  ${left.join("\n  ")}`,
    );
    return left.length === 0 ? 0 : 1;
}

const commands: Record<string, () => Promise<number>> = { up, down };
const command = commands[process.argv[2] ?? ""];
if (!command) throw new Error("usage: run.mts up|down");
process.exitCode = await command();
