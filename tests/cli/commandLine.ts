import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Simulated } from "../resources/simulated.ts";

export const cli = join(import.meta.dirname, "..", "..", "provider", "bin", "machine-images.js");

export interface Ended {
    code: number | NodeJS.Signals | null;
    stdout: string;
    stderr: string;
}

export interface Calling {
    cwd?: string;
    env?: Record<string, string | undefined>;
    /** Called when the process has started. */
    started?: (kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs `machine-images` in a new process, while this process runs the simulator. */
export function machineImages(args: readonly string[], calling: Calling = {}): Promise<Ended> {
    return run(process.execPath, [cli, ...args], calling);
}

/** Runs a program and captures its output. */
export function run(file: string, args: readonly string[], { cwd, env, started }: Calling = {}): Promise<Ended> {
    return new Promise((resolve, reject) => {
        const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
        let stdout = "";
        let stderr = "";
        child.stdout.on("data", (data) => (stdout += String(data)));
        child.stderr.on("data", (data) => (stderr += String(data)));
        child.once("error", reject);
        child.once("close", (code, signal) => resolve({ code: code ?? signal, stdout, stderr }));
        started?.((signal) => child.kill(signal));
    });
}

/** Environment variables with the keys of the first account of each cloud. */
export function keysOf({ simulator }: Simulated): Record<string, string | undefined> {
    const keys = (cloud: string) => simulator.accounts.find((account) => account.cloud === cloud)?.keys[0];
    return {
        ALIBABA_CLOUD_ACCESS_KEY_ID: keys("alibaba")?.accessKeyId,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: keys("alibaba")?.accessKeySecret,
        HUAWEICLOUD_SDK_AK: keys("huawei")?.accessKeyId,
        HUAWEICLOUD_SDK_SK: keys("huawei")?.accessKeySecret,
    };
}
