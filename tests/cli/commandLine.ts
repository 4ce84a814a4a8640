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
    /** Called with the process as soon as it runs. */
    started?: (kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs `machine-images` as a process of its own, while this one serves the simulated clouds. */
export function machineImages(args: readonly string[], calling: Calling = {}): Promise<Ended> {
    return run(process.execPath, [cli, ...args], calling);
}

/** Runs any program and collects what it prints. */
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

/** The environment in which the commands reach these clouds as their first accounts. */
export function keysOf({ simulator }: Simulated): Record<string, string | undefined> {
    const keys = (cloud: string) => simulator.accounts.find((account) => account.cloud === cloud)?.keys[0];
    return {
        ALIBABA_CLOUD_ACCESS_KEY_ID: keys("alibaba")?.accessKeyId,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: keys("alibaba")?.accessKeySecret,
        HUAWEICLOUD_SDK_AK: keys("huawei")?.accessKeyId,
        HUAWEICLOUD_SDK_SK: keys("huawei")?.accessKeySecret,
    };
}
