import { load } from "./load.ts";
import { askMoto, ownImages, startMoto } from "./moto.ts";
import { ask, startOurs } from "./ours.ts";
import { connections } from "./rates.ts";
import { freshCopy, type Seeded } from "./seededData.ts";
import { type OurWorkload, ourWorkloads } from "./workloads.ts";

/** Resident memory, MiB. */
export interface Memory {
    readonly images: number;
    /** After one answer. */
    readonly idle: number;
    /** After a second of describe calls and a second of pages. */
    readonly afterReads: number;
}

const reads: readonly OurWorkload[] = ["SWAS ListCustomImages, 1 id", "SWAS ListCustomImages, page of 50"];

async function settled(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 500));
}

/** Without images (a new `--memory`), and with each data file. */
export async function measureOurMemory(provider: string, seeded: readonly Seeded[]): Promise<Memory[]> {
    const found: Memory[] = [];
    for (const data of [undefined, ...seeded]) {
        const file = data && freshCopy(data, "memory");
        const server = await startOurs({ provider, ...(file === undefined ? {} : { data: file }) });
        await ask(server.host, "swas", "ListCustomImages", { PageSize: "10" });
        await settled();
        const idle = server.residentMiB();
        for (const name of data ? reads : []) {
            const workload = ourWorkloads[name](data?.images ?? 0);
            await load(server, { ...workload, connections, seconds: 1, most: 20_000, firstNumber: 0 });
        }
        await settled();
        found.push({ images: data?.images ?? 0, idle, afterReads: server.residentMiB() });
        // With many images, some reads can still be queued; nobody waits for them.
        await server.stop("SIGKILL");
    }
    return found;
}

/** moto after its start, and with some own images. */
export async function measureMotoMemory(images: number): Promise<Memory[]> {
    const server = await startMoto();
    await settled();
    const idle = server.residentMiB();
    await ownImages(server.host, images);
    const afterCreates = server.residentMiB();
    await askMoto(server.host, "DescribeImages", { "Owner.1": "self" });
    await settled();
    const afterReads = server.residentMiB();
    await server.stop();
    return [
        { images: 0, idle, afterReads: idle },
        { images, idle: afterCreates, afterReads },
    ];
}
