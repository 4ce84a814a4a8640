import { startOurs } from "./ours.ts";
import { freshCopy, type Seeded } from "./seededData.ts";
import type { Served } from "./server.ts";

/** How long to wait for answers that the load client no longer needs. */
const patienceMs = 2000;

/** Whether the server has become idle. */
async function becomesQuiet(server: Served): Promise<boolean> {
    const until = performance.now() + patienceMs;
    while (performance.now() < until) {
        const before = server.cpuSeconds();
        await new Promise((resolve) => setTimeout(resolve, 100));
        if (server.cpuSeconds() === before) return true;
    }
    return false;
}

/** Servers that several rounds share because the rounds only read: one for each data file, started on first use. */
export class Readers {
    private readonly running = new Map<string, Served>();
    private readonly provider: string;

    constructor(provider: string) {
        this.provider = provider;
    }

    async server(data: Seeded): Promise<Served> {
        const known = this.running.get(data.file);
        if (known) return known;
        const server = await startOurs({ provider: this.provider, data: freshCopy(data, "read") });
        this.running.set(data.file, server);
        return server;
    }

    /** Prevents work in the next round: a server that is still busy is stopped, and started again when needed. */
    async settle(data: Seeded): Promise<void> {
        const server = this.running.get(data.file);
        if (!server || (await becomesQuiet(server))) return;
        this.running.delete(data.file);
        await server.stop("SIGKILL");
    }

    async close(): Promise<void> {
        for (const server of this.running.values()) await server.stop();
        this.running.clear();
    }
}
