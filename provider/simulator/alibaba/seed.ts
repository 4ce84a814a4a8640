import type { RegionStore } from "../core/objects";
import type { Simulation } from "../core/simulation";
import { accessKeyKind, accountKind, accountRegionKind, global, roleKind, temporaryKeyKind } from "./accounts";
import { overrideDurations } from "./durations";
import { seededHex, seededId } from "./ids";
import { diskKind, serverKind } from "./swas/models";
import { planFor } from "./swas/plans";
import { defaultImageOf, systemImages } from "./swas/systemImages";
import type { AlibabaWorld, WorldServer } from "./world";

/** Servers of the world file are not new, so every list shows them. */
const ageMs = 30 * 24 * 3_600_000;

/**
 * When a server expires if the world file does not say: the date that ECS shows for instances that do not expire
 * (`ExpiredTime` of pay-as-you-go instances). It is fixed, so that a world is the same on every day, and the server is
 * renewed even then.
 */
const neverExpiresAt = Date.UTC(2099, 11, 31, 15, 59);

/** Creates the world's accounts and servers in a new simulation. */
export function seed(sim: Simulation, world: AlibabaWorld): void {
    overrideDurations(sim, world.durations ?? {});
    for (const account of world.accounts) {
        const globalStore = sim.store({ cloud: "alibaba", account: account.id, region: global });
        globalStore.put(accountKind, account.id, { name: account.name });
        for (const key of account.accessKeys) globalStore.put(accessKeyKind, key.id, { secret: key.secret });
        for (const { id, secret, token, expiresAt } of account.tokens ?? []) {
            const expiry = expiresAt === undefined ? {} : { expiresAt: Date.parse(expiresAt) };
            globalStore.put(temporaryKeyKind, id, { secret, token, ...expiry });
        }
        for (const { name, trusts = [] } of account.roles ?? []) globalStore.put(roleKind, name, { trusts });
        for (const [region, place] of Object.entries(account.regions)) {
            const store = sim.store({ cloud: "alibaba", account: account.id, region });
            store.put(accountRegionKind, region, {});
            for (const server of place?.servers ?? []) seedServer(store, server, sim.clock.now());
        }
    }
}

function seedServer(store: RegionStore, server: WorldServer, now: number): void {
    const { account, region } = store.scope;
    const path = `${account}/${region}/${server.name}`;
    const serverId = server.id ?? seededHex(path);
    const image = systemImages.find(({ id }) => id === server.image) ?? defaultImageOf(server.os);
    store.put(serverKind, serverId, {
        name: server.name,
        status: server.status,
        planId: server.plan ?? planFor(server.systemDiskGiB).id,
        imageId: image.id,
        imageName: image.name,
        imageVersion: image.version,
        imageType: image.type,
        osType: server.os,
        guest: server.guest ?? {},
        createdAt: now - ageMs,
        ...(server.paidUntil === undefined
            ? { expiresAt: neverExpiresAt, autoRenewMonths: 12 }
            : { expiresAt: Date.parse(server.paidUntil) }),
        isOfDataImage: false,
        tags: [],
    });
    const disk = { serverId, createdAt: now - ageMs, remark: "", isRollingBack: false, tags: [] };
    const systemDisk = { ...disk, type: "system" as const, sizeGiB: server.systemDiskGiB };
    store.put(diskKind, seededId("d", region, `${path}/system`), systemDisk);
    if (server.dataDiskGiB === undefined) return;
    const dataDisk = { ...disk, type: "data" as const, sizeGiB: server.dataDiskGiB };
    store.put(diskKind, seededId("d", region, `${path}/data`), dataDisk);
}
