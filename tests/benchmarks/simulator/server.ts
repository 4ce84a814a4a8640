import { type ChildProcess, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** A server under test in a separate process. Linux only, because of /proc. */
export class Served {
    /** "127.0.0.1:4711" */
    readonly host: string;
    private readonly child: ChildProcess;

    constructor(child: ChildProcess, host: string) {
        this.child = child;
        this.host = host;
    }

    /** User and system time since the process started. */
    cpuSeconds(): number {
        const stat = readFileSync(`/proc/${this.child.pid}/stat`, "utf8");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
    }

    residentMiB(): number {
        const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
        return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    }

    async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
        if (this.child.exitCode !== null || this.child.signalCode !== null) return;
        const ended = new Promise((resolve) => this.child.once("exit", resolve));
        this.child.kill(signal);
        await ended;
    }
}
