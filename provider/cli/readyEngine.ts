import { constants } from "node:os";
import { type Engine, type EnginePlugin, ensureEngine } from "../engine/index";
import type { Progress } from "../engine/progress";

const interrupts: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Installs the engine if it is missing, with progress on standard error. After Ctrl-C, the next run resumes. */
export async function readyEngine(plugins: readonly EnginePlugin[] = []): Promise<Engine> {
    const interrupted = new AbortController();
    let interruptedBy: NodeJS.Signals | undefined;
    const interrupt = (signal: NodeJS.Signals) => {
        interruptedBy ??= signal;
        interrupted.abort(signal);
    };
    for (const signal of interrupts) process.on(signal, interrupt);
    const terminal = terminalProgress();
    try {
        return await ensureEngine({ ...terminal, plugins, signal: interrupted.signal });
    } catch (error) {
        if (!interruptedBy) throw error;
        terminal.log("interrupted; the next run resumes from here");
        return process.exit(128 + constants.signals[interruptedBy]);
    } finally {
        for (const signal of interrupts) process.off(signal, interrupt);
    }
}

/** Writes to standard error, because standard output is for the result of the command. */
function terminalProgress(): Progress {
    const { stderr } = process;
    const clear = stderr.isTTY ? "\r\u001b[2K" : "";
    return {
        log: (line) => stderr.write(`${clear}${line}\n`),
        live: stderr.isTTY ? (line) => stderr.write(`${clear}${line}`) : undefined,
    };
}
