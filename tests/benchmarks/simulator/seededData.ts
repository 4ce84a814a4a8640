import { copyFileSync, existsSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ask, region } from "./ours.ts";

type Simulator = typeof import("pulumi-machine-images/simulator");

/** The content of a data file: equal numbers of SWAS images and ECS images, each with its snapshot. */
export interface Seeded {
    readonly file: string;
    readonly images: number;
}

const clonedKinds = ["alibaba.customImage", "alibaba.ecsImage", "alibaba.ecsSnapshot"];

export const imageId = (n: number) => `m-bpbench${String(n).padStart(12, "0")}`;

/** Ids of the two kinds differ, so that an id names one object. */
export const ecsImageId = (n: number) => `m-bpecs00${String(n).padStart(12, "0")}`;
const snapshotId = (n: number) => `s-bpbench${String(n).padStart(12, "0")}`;
const idOf = { "alibaba.customImage": imageId, "alibaba.ecsImage": ecsImageId, "alibaba.ecsSnapshot": snapshotId };

/**
 * Creates a data file with `images` images: one of each kind with the cloud's own operations, the others as copies of
 * their stored objects. Quotas allow only 15 images with operations.
 */
export async function seedData(provider: string, folder: string, images: number): Promise<Seeded> {
    const simulator: Simulator = createRequire(import.meta.url)(join(provider, "dist", "simulator", "index.js"));
    const file = join(folder, `images-${images}.db`);
    for (const end of ["", "-wal", "-shm"]) rmSync(file + end, { force: true });
    const running = await simulator.startSimulator({ data: file, clock: "auto" });
    try {
        await createTemplates(new URL(running.url).host);
        const { sim } = running;
        const held = sim.registry.objects();
        sim.database.transaction(() => {
            for (const kind of clonedKinds) {
                const template = held.find((object) => object.kind === kind && object.region === region);
                if (!template) throw new Error(`no ${kind} was created to copy`);
                const store = sim.store({ cloud: "alibaba", account: template.account, region });
                for (let n = 0; n < images; n++) {
                    store.put({ name: kind, isRecord: false }, newId(kind, n), cloneOf(template.value, n));
                }
                store.delete({ name: kind, isRecord: false }, template.id);
            }
        });
    } finally {
        await running.close();
    }
    // The measured runs use the machine's clock, which needs no scheduled jobs.
    const sim = simulator.openSimulation({ data: file, clock: "real" });
    sim.close();
    return { file, images };
}

function newId(kind: string, n: number): string {
    const make = Object.entries(idOf).find(([name]) => name === kind)?.[1];
    return make ? make(n) : `${kind}-${n}`;
}

function cloneOf(value: unknown, n: number): object {
    if (typeof value !== "object" || value === null) return {};
    return {
        ...value,
        ...("name" in value ? { name: `bench-${n}` } : {}),
        ...("imageId" in value ? { imageId: ecsImageId(n) } : {}),
    };
}

/** Creates one SWAS image and one ECS image with the cloud's own operations. */
async function createTemplates(host: string): Promise<void> {
    const disks = await ask(host, "swas", "ListDisks", { PageSize: "100" });
    const diskId = /"DiskId":"([^"]+)"/.exec(JSON.stringify(disks))?.[1] ?? "";
    const serverId = /"InstanceId":"([^"]+)"/.exec(JSON.stringify(disks))?.[1] ?? "";
    const snapshot = await ask(host, "swas", "CreateSnapshot", { DiskId: diskId, SnapshotName: "bench" });
    await poll(host, "swas", "ListSnapshots", '"Status":"accomplished"');
    const image = await ask(host, "swas", "CreateCustomImage", {
        InstanceId: serverId,
        ImageName: "bench",
        SystemSnapshotId: String(snapshot.SnapshotId),
    });
    const ImageId = String(image.ImageId);
    await poll(host, "swas", "ListCustomImages", '"Status":"1"');
    await ask(host, "swas", "ModifyImageShareStatus", { ImageId, Operation: "Share" });
    await poll(host, "ecs", "DescribeImages", ImageId);
    await ask(host, "ecs", "CopyImage", { ImageId, DestinationImageName: "bench" });
    await poll(host, "ecs", "DescribeImages", '"ImageOwnerAlias":"self"');
    await poll(host, "ecs", "DescribeImages", /"ImageOwnerAlias":"self"[^}]*"Usable":true/);
    await ask(host, "swas", "ModifyImageShareStatus", { ImageId, Operation: "UnShare" });
}

async function poll(host: string, product: "swas" | "ecs", action: string, wanted: string | RegExp): Promise<void> {
    for (let n = 0; n < 50; n++) {
        const body = JSON.stringify(await ask(host, product, action, { PageSize: "100" }));
        if (typeof wanted === "string" ? body.includes(wanted) : wanted.test(body)) return;
    }
    throw new Error(`${action} never returned ${wanted}`);
}

/** A copy to write to. The data file itself does not change. */
export function freshCopy({ file }: Seeded, name: string): string {
    const copy = file.replace(/\.db$/, `-${name}.db`);
    for (const end of ["", "-wal", "-shm"]) {
        rmSync(copy + end, { force: true });
        if (existsSync(file + end)) copyFileSync(file + end, copy + end);
    }
    return copy;
}
