import { defaultWorld, type World } from "../provider/dist/simulator/worlds/world.js";

type Durations = World["alibaba"]["durations"];

export const regions = ["cn-hangzhou", "cn-shanghai"] as const;
export const account = { id: "1000000000000001", key: "SIMULATEDALIBABAKEY1", secret: "simulated-alibaba-secret-1" };

/** Limits that many images would exceed, raised. */
export const roomy = {
    "alibaba.swas.snapshots": 10_000,
    "alibaba.swas.snapshotsPerServer": 1000,
    "alibaba.swas.images": 10_000,
    "alibaba.swas.imagesPerServer": 1000,
};

/** 32 hex digits. */
export const serverId = (index: number) => String(index).padStart(32, "a");

/** An account with `size` servers, the first `perRegion` of them in the first region. */
export function worldOf(size: number, perRegion: number, durations: Durations = {}): World {
    const servers = Array.from({ length: size }, (_, index) => ({
        id: serverId(index),
        name: `web-${index}`,
        os: "Linux" as const,
        status: "Running" as const,
        systemDiskGiB: 40,
    }));
    const places = regions.map((region, at) => [
        region,
        { servers: servers.slice(at * perRegion, (at + 1) * perRegion) },
    ]);
    const owner = {
        id: account.id,
        name: "golden",
        accessKeys: [{ id: account.key, secret: account.secret }],
        regions: Object.fromEntries(places),
    };
    return { ...defaultWorld, alibaba: { accounts: [owner], durations } };
}
