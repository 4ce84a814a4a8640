// The load client, a separate process: receives one plan over IPC, sends one result, and exits.
import { Connection, type RawAnswer } from "./connection.ts";
import type { LoadPlan, LoadResult } from "./loadPlan.ts";
import { requestBytes } from "./requestBytes.ts";
import { quantile } from "./statistics.ts";

interface Go {
    readonly plan: LoadPlan;
}

process.once("message", async ({ plan }: Go) => {
    const requests = Array.from({ length: plan.most }, (_, index) => requestBytes(plan, index));
    process.send?.("ready");
    await new Promise((resolve) => process.once("message", resolve));
    process.send?.(await load(plan, requests));
    process.disconnect();
});

async function load(plan: LoadPlan, requests: readonly Buffer[]): Promise<Omit<LoadResult, "serverCpuSeconds">> {
    const latencies: number[] = [];
    let refused = 0;
    let firstRefusal: string | undefined;
    let next = 0;
    const cpuBefore = process.cpuUsage();
    const began = performance.now();
    const until = began + plan.seconds * 1000;
    const connections = Array.from({ length: plan.connections }, () => new Connection(plan.host));
    const isGood = ({ status, body }: RawAnswer) => status === 200 && body.includes(plan.expects);

    async function keepAsking(connection: Connection): Promise<void> {
        for (;;) {
            const request = requests[next++];
            if (!request) return;
            const sent = performance.now();
            const answer = await connection.send(request);
            const now = performance.now();
            if (now > until) return;
            latencies.push(now - sent);
            if (isGood(answer)) continue;
            refused++;
            firstRefusal ??= `${answer.status} ${answer.body.toString("utf8").slice(0, 400)}`;
        }
    }

    // The last answers of a slow server do not count, so nobody waits for them.
    let timer: NodeJS.Timeout | undefined;
    const timeIsUp = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, plan.seconds * 1000);
    });
    await Promise.race([timeIsUp, Promise.all(connections.map(keepAsking))]);
    clearTimeout(timer);
    const seconds = (performance.now() - began) / 1000;
    for (const connection of connections) connection.close();
    const { user, system } = process.cpuUsage(cpuBefore);
    return {
        answered: latencies.length,
        seconds,
        latencyMs: { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) },
        refused,
        ...(firstRefusal === undefined ? {} : { firstRefusal }),
        clientCore: (user + system) / 1e6 / seconds,
    };
}
