import { type ChildProcess, spawn } from "node:child_process";
import { UserError } from "../clouds/errors";

/** A program to run, with its output captured. */
export interface ChildRequest {
    command: string;
    args: string[];
    env: NodeJS.ProcessEnv;
    cwd?: string;
    /** Stops the program and every process that it started. */
    signal?: AbortSignal;
    /** Stops it if it prints nothing to standard output for this many milliseconds after the start. */
    silentMs?: number;
    /** Stops it after this many milliseconds. */
    timeoutMs?: number;
}

/** How the program ended. */
export interface ChildResult {
    /** Exit code; 1 if a signal ended the program. */
    code: number;
    stdout: string;
    stderr: string;
}

/** Runs a program until it exits. @throws UserError after a timeout, or the reason of the signal after an abort */
export function runChild(request: ChildRequest): Promise<ChildResult> {
    const { command, args, env, cwd, signal, silentMs, timeoutMs } = request;
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
        // A separate process group, so that child processes (compilers, curl) can be stopped, too.
        const child = spawn(command, args, { env, cwd, stdio: ["ignore", "pipe", "pipe"], detached: true });
        const silent = silentMs === undefined ? undefined : AbortSignal.timeout(silentMs);
        const timeout = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
        let ended: Error | undefined;
        let stdout = "";
        let stderr = "";

        const end = (reason: Error) => {
            ended ??= reason;
            // SIGINT first, because Go deletes its working folder only on this signal.
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

/** Lines that are not empty, without terminal colours. */
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
