import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineStack } from "./stack.ts";

/** A `pulumi` command as a user runs it in a terminal, with the program of the project. */
export interface Command {
    child: ChildProcess;
    /** The output so far. */
    output(): string;
    /** Sends SIGINT to the whole foreground process group, as Ctrl-C does. */
    signal(signal: NodeJS.Signals): void;
    /** The exit code, or the signal that ended the process. */
    ended: Promise<number | NodeJS.Signals | null>;
}

/** Writes the project's program for runs from the command line: the text of an ES module. */
export function writeProgram(world: EngineStack, text: string): void {
    writeFileSync(join(world.folder, "index.js"), text);
}

/** Starts `pulumi <words>` in the stack's folder; in a pseudo-terminal if `terminal` is given. */
export function pulumi(world: EngineStack, words: readonly string[], terminal?: Terminal): Command {
    const { workspace } = world.stack;
    const command = [workspace.pulumiCommand.command, ...words, "--stack", "dev"];
    const [file = "", ...args] = terminal ? terminal.wrap(command) : [...command, "--non-interactive"];
    const child = spawn(file, args, {
        cwd: world.folder,
        env: { ...process.env, TERM: "xterm-256color", ...workspace.envVars },
        stdio: ["ignore", "pipe", "pipe"],
        // In a separate process group.
        detached: true,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (output += String(text)));
    return {
        child,
        output: () => output,
        signal: (signal) => {
            if (child.pid !== undefined) process.kill(-child.pid, signal);
        },
        ended: new Promise((resolve) => child.once("close", (code, signal) => resolve(code ?? signal))),
    };
}

/** Starts `up` and stops time when the clouds receive this request, so that the image stays unfinished. */
export async function upUntil(world: EngineStack, action: string): Promise<Command> {
    world.time.stop();
    const asked = world.asked(action);
    const command = pulumi(world, ["up", "--yes", "--skip-preview"]);
    // The image cannot start before the snapshot is finished.
    if (action !== "swas.CreateSnapshot") world.time.go();
    await asked;
    world.time.stop();
    return command;
}

/** Waits until a condition is true. */
export async function until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** An installed program that runs a command in a pseudo-terminal. */
export interface Terminal {
    wrap(command: readonly string[]): string[];
}

const quoted = (words: readonly string[]) => words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
const size = "stty rows 40 cols 160";

/** util-linux's `script`, or Python; undefined if neither is installed. */
export function findTerminal(): Terminal | undefined {
    const has = (name: string, word: string) => spawnSync(name, [word]).status === 0;
    if (process.platform === "linux" && has("script", "--version")) {
        return { wrap: (command) => ["script", "-qec", `${size}; ${quoted(command)}`, "/dev/null"] };
    }
    const spawnInTerminal =
        "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(['sh', '-c', sys.argv[1]])))";
    if (!has("python3", "--version")) return undefined;
    return { wrap: (command) => ["python3", "-c", spawnInTerminal, `${size}; ${quoted(command)}`] };
}
