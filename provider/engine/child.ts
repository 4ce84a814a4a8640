import { type ChildProcess, spawn } from "node:child_process";
import { UserError } from "../clouds/errors";

/** A program to run to its end, with its output kept. */
export interface ChildRequest {
    command: string;
    args: string[];
    env: NodeJS.ProcessEnv;
    cwd?: string;
    /** Ends the program, and everything it started. */
    signal?: AbortSignal;
    /** Ends it when its standard output has stayed silent for so many milliseconds from the start. */
    silentMs?: number;
    /** Ends it after so many milliseconds. */
    timeoutMs?: number;
}

/** How the program ended. */
export interface ChildResult {
    /** Exit code; 1 when a signal ended it. */
    code: number;
    stdout: string;
    stderr: string;
}

/** Runs a program to its end. @throws UserError when it took too long, the signal's reason when it was aborted */
export function runChild(request: ChildRequest): Promise<ChildResult> {
    const { command, args, env, cwd, signal, silentMs, timeoutMs } = request;
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
        // Its own process group, so that what it started (compilers, curl) can be ended with it.
        const child = spawn(command, args, { env, cwd, stdio: ["ignore", "pipe", "pipe"], detached: true });
        const silent = silentMs === undefined ? undefined : AbortSignal.timeout(silentMs);
        const timeout = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
        let ended: Error | undefined;
        let stdout = "";
        let stderr = "";

        const end = (reason: Error) => {
            ended ??= reason;
            // SIGINT first, because Go takes its working folder away on that signal only.
            signalGroup(child, "SIGINT");
            AbortSignal.timeout(graceMs).addEventListener("abort", () => signalGroup(child, "SIGKILL"));
        };
        const onAbort = () => end(signal?.reason);
        const onSilent = () => end(new UserError(`no answer within ${seconds(silentMs)} s`));
        const onTimeout = () => end(new UserError(`not finished within ${seconds(timeoutMs)} s`));
        const stopWatching = () => {
            signal?.removeEventListener("abort", onAbort);
            silent?.removeEventListener("abort", onSilent);
            timeout?.removeEventListener("abort", onTimeout);
        };
        signal?.addEventListener("abort", onAbort);
        silent?.addEventListener("abort", onSilent);
        timeout?.addEventListener("abort", onTimeout);

        child.stdout.setEncoding("utf8").on("data", (text: string) => {
            silent?.removeEventListener("abort", onSilent);
            stdout += text;
        });
        child.stderr.setEncoding("utf8").on("data", (text: string) => {
            stderr += text;
        });
        child.once("error", (error) => {
            stopWatching();
            reject(error);
        });
        child.once("close", (code) => {
            stopWatching();
            if (ended) reject(ended);
            else resolve({ code: code ?? 1, stdout, stderr });
        });
    });
}

/** Lines that carry text, without terminal colours. */
export function textLines(text: string): string[] {
    return text
        .replaceAll(terminalColours, "")
        .split(/[\r\n]+/)
        .map((line) => line.trim())
        .filter((line) => line !== "");
}

const terminalColours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

const seconds = (ms = 0) => Math.round(ms / 1000);

const graceMs = 5_000;

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
        process.kill(-child.pid, signal);
    } catch {
        // No process groups on this platform.
        child.kill(signal);
    }
}
