import { startOurs } from "./ours.ts";
import { freshCopy, type Seeded } from "./seededData.ts";
import type { Served } from "./server.ts";

/** Longer than this nobody waits for answers that the load client no longer wants. */
const patienceMs = 2000;

/** True when the server has nothing left to do. */
async function becomesQuiet(server: Served): Promise<boolean> {
    const until = performance.now() + patienceMs;
    while (performance.now() < until) {
        const before = server.cpuSeconds();
        await new Promise((resolve) => setTimeout(resolve, 100));
        if (server.cpuSeconds() === before) return true;
    }
    return false;
}

/** Servers that several rounds share because nobody writes: one for each data file, started when first asked for. */
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

    /** Leaves no work to the next round: a server that is still busy is ended, and started anew when needed. */
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
