import { spawn } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { heldIn } from "../../examples/simulatedClouds.mts";

const root = join(import.meta.dirname, "..", "..");

/** The results of a README's commands. */
export interface Life {
    commands: Typed[];
    /** The output of `machine-images report` before each change. */
    reports: string[];
    /** The objects in the simulated clouds after each `pulumi up`, and at the end. */
    held: ReadonlyMap<string, string>[];
}

interface Typed {
    line: string;
    status: number | null;
    output: string;
}

/** The commands in a README's `sh` block. */
export function commandsOf(example: string): string[] {
    const readme = readFileSync(join(root, "examples", example, "README.md"), "utf8");
    return (/^```sh\n(.*?)^```$/ms.exec(readme)?.[1] ?? "").split("\n").filter(Boolean);
}

/**
 * Runs the commands of an example's README in a copy of the project, with a preview that must show no change before the
 * end. Stops at a command that fails.
 */
export async function liveThrough(example: string): Promise<Life> {
    const project = copyOfProject(example);
    const life: Life = { commands: [], reports: [], held: [] };
    const shell = { folder: project, env: typedEnv() };
    const clouds = () => heldIn(copied(join(shell.folder, ".machine-images"), join(project, "look")));
    try {
        for (const line of commandsOf(example).flatMap(withLook)) {
            const typed = await type(shell, line);
            life.commands.push(typed);
            if (typed.status !== 0) break;
            if (line.includes("machine-images report")) life.reports.push(typed.output);
            if (/pulumi (up|stack rm)/.test(line)) life.held.push(clouds());
        }
        return life;
    } finally {
        rmSync(project, { recursive: true, force: true });
    }
}

function copyOfProject(example: string): string {
    const project = join(root, "tests", ".work", `example-${example}-${process.pid}`);
    mkdirSync(project, { recursive: true });
    for (const name of ["Pulumi.yaml", "package.json"]) cpSync(join(root, name), join(project, name));
    const isOfUser = (path: string) => /^(\.machine-images|node_modules|Pulumi\..+\.yaml)$/.test(basename(path));
    cpSync(join(root, "examples"), join(project, "examples"), { recursive: true, filter: (path) => !isOfUser(path) });
    symlinkSync(join(root, "provider"), join(project, "provider"));
    // Simulated time is advanced instead of waiting.
    const clock = "    machine-images:simulatorClock:\n        value: auto\n";
    for (const folder of [project, join(project, "examples", example)]) {
        const file = join(folder, "Pulumi.yaml");
        if (existsSync(file)) appendFileSync(file, clock);
    }
    return project;
}

/** Puts the engine and the package's command on the path, as npx does, and disables prompts. */
function typedEnv(): NodeJS.ProcessEnv {
    const { PULUMI_BACKEND_URL: _backend, PULUMI_CONFIG_PASSPHRASE: _passphrase, ...env } = process.env;
    const PATH = [env.PATH, join(root, "node_modules", ".bin")].join(delimiter);
    return { ...env, PATH, PULUMI_SKIP_CONFIRMATIONS: "true" };
}

/** Adds a preview after the last change, which must plan nothing. */
function withLook(line: string): string[] {
    return line.includes("pulumi destroy") ? ["pulumi preview --expect-no-changes", line] : [line];
}

/** The state between lines: the folder and variables. */
interface Shell {
    folder: string;
    env: NodeJS.ProcessEnv;
}

async function type(shell: Shell, line: string): Promise<Typed> {
    const [, folder] = /^cd (.+)$/.exec(line) ?? [];
    const [, variable, value] = /^export (\w+)=(.*)$/.exec(line) ?? [];
    if (folder !== undefined) shell.folder = join(shell.folder, folder);
    if (variable !== undefined) shell.env = { ...shell.env, [variable]: value };
    if (folder !== undefined || variable !== undefined) return { line, status: 0, output: "" };
    // Confirms the preview that the command shows first.
    const command = line.replaceAll("npx ", "").replace(/pulumi (up|destroy)$/, "$& --skip-preview");
    const child = spawn("sh", ["-c", command], {
        cwd: shell.folder,
        env: shell.env,
        stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let errors = "";
    child.stdout.on("data", (text) => (output += String(text)));
    child.stderr.on("data", (text) => (errors += String(text)));
    const status = await new Promise<number | null>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", resolve);
    });
    return { line, status, output: status === 0 ? output : `${output}\n${errors}` };
}

/** A copy of the simulator's data file for reading, so that the original is not changed. */
function copied(folder: string, look: string): string {
    rmSync(look, { recursive: true, force: true });
    cpSync(folder, look, { recursive: true });
    return join(look, "simulator.db");
}
