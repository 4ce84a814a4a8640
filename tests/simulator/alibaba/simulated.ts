import { type RunningSimulator, startSimulator } from "../../../provider/dist/simulator/index.js";
import { SignedClient } from "./signedClient.ts";

export const golden = { account: "1000000000000001", id: "SIMULATEDALIBABAKEY1", secret: "simulated-alibaba-secret-1" };
export const partner = {
    account: "1000000000000002",
    id: "SIMULATEDALIBABAKEY2",
    secret: "simulated-alibaba-secret-2",
};
export const web = "ace0706b2ac4454d984295a942130001";
export const windows = "ace0706b2ac4454d984295a942130002";
export const volumeGroup = "ace0706b2ac4454d984295a942130003";
export const stopped = "ace0706b2ac4454d984295a942130004";

export const second = 1000;
export const minute = 60 * second;

/** The clients of both accounts for one running simulator. */
export class Simulated {
    readonly simulator: RunningSimulator;
    readonly swas: SignedClient;
    readonly ecs: SignedClient;
    readonly bss: SignedClient;
    readonly partner: SignedClient;
    readonly partnerEcs: SignedClient;
    readonly shanghai: SignedClient;
    readonly shanghaiEcs: SignedClient;

    constructor(simulator: RunningSimulator) {
        this.simulator = simulator;
        const { url } = simulator;
        this.swas = new SignedClient(url, golden, "swas");
        this.ecs = new SignedClient(url, golden, "ecs");
        this.bss = new SignedClient(url, golden, "bss");
        this.partner = new SignedClient(url, partner, "swas");
        this.partnerEcs = new SignedClient(url, partner, "ecs");
        this.shanghai = new SignedClient(url, golden, "swas", "cn-shanghai");
        this.shanghaiEcs = new SignedClient(url, golden, "ecs", "cn-shanghai");
    }

    get sim() {
        return this.simulator.sim;
    }

    advance(ms: number): void {
        this.sim.advance(ms);
    }

    async systemDisk(server = web): Promise<string> {
        const { Disks } = await this.swas.ok("ListDisks", { InstanceId: server, DiskType: "system" });
        return Disks[0].DiskId;
    }

    /** An accomplished snapshot of the server's system disk. */
    async snapshot(name: string, server = web): Promise<string> {
        const DiskId = await this.systemDisk(server);
        const { SnapshotId } = await this.swas.ok("CreateSnapshot", { DiskId, SnapshotName: name });
        this.advance(minute);
        return SnapshotId;
    }

    /** An available image created from a new snapshot. */
    async image(name: string, server = web): Promise<{ imageId: string; snapshotId: string }> {
        const snapshotId = await this.snapshot(`snapshot-${name}`, server);
        const imageId = await this.imageFrom(snapshotId, name, server);
        return { imageId, snapshotId };
    }

    async imageFrom(snapshotId: string, name: string, server = web): Promise<string> {
        const { ImageId } = await this.swas.ok("CreateCustomImage", {
            InstanceId: server,
            SystemSnapshotId: snapshotId,
            ImageName: name,
        });
        this.advance(3 * minute);
        return ImageId;
    }

    /** An ECS image that the account owns. */
    async ownedEcsImage(name: string): Promise<string> {
        const { imageId } = await this.image(name);
        await this.swas.ok("ModifyImageShareStatus", { ImageId: imageId, Operation: "Share" });
        const { ImageId } = await this.ecs.ok("CopyImage", { ImageId: imageId, DestinationImageName: name });
        this.advance(11 * minute);
        return ImageId;
    }
}

const running: RunningSimulator[] = [];

export async function simulate(options: Parameters<typeof startSimulator>[0] = {}): Promise<Simulated> {
    const simulator = await startSimulator({ clock: "frozen", ...options });
    running.push(simulator);
    return new Simulated(simulator);
}

/** Call it after each test. */
export async function closeAll(): Promise<void> {
    for (const simulator of running.splice(0)) await simulator.close();
}
