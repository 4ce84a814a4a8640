import { fork } from "node:child_process";
import { join } from "node:path";
import type { LoadPlan, LoadResult } from "./loadPlan.ts";
import type { Served } from "./server.ts";

/** Sends the plan's requests from a separate process. Requests are signed before the measurement. */
export async function load(server: Served, plan: Omit<LoadPlan, "host">): Promise<LoadResult> {
    const child = fork(join(import.meta.dirname, "loadClient.ts"), { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    try {
        const message = () =>
            new Promise<unknown>((resolve, reject) => {
                child.once("message", resolve);
                child.once("exit", (code) => reject(new Error(`the load client ended with ${code}`)));
            });
        const isReady = message();
        child.send({ plan: { ...plan, host: server.host } });
        await isReady;
        const cpuBefore = server.cpuSeconds();
        const done = message();
        child.send("go");
        const result = await done;
        if (!isResult(result)) throw new Error("the load client sent no result");
        return { ...result, serverCpuSeconds: server.cpuSeconds() - cpuBefore };
    } finally {
        child.kill();
    }
}

function isResult(message: unknown): message is Omit<LoadResult, "serverCpuSeconds"> {
    return typeof message === "object" && message !== null && "answered" in message;
}
