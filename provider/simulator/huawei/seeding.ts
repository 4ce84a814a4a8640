import type { AccountSummary } from "../core/cloud";
import type { Shelf } from "../core/objects";
import type { Simulation } from "../core/simulation";
import { deviceName } from "./attachments";
import { durationsSetting } from "./durations";
import { imageQuotaSetting } from "./imageRequests";
import { namedHex, namedUuid } from "./namedIdentifiers";
import { domains, projects, servers, users, vaults, volumes } from "./objects";
import { powerDuringImageSetting } from "./powerDuringImage";
import { publicImageOf } from "./publicImages";
import type { HuaweiWorld } from "./world";

type WorldDomain = HuaweiWorld["domains"][number];
type WorldServer = WorldDomain["servers"][number];

/** Puts the world's accounts and objects into a new simulation. */
export function seedWorld(sim: Simulation, world: HuaweiWorld): void {
    if (world.durations) sim.settings.set(durationsSetting, world.durations);
    if (world.powerDuringImage) sim.settings.set(powerDuringImageSetting, world.powerDuringImage);
    if (world.imageQuota !== undefined) sim.settings.set(imageQuotaSetting, world.imageQuota);
    for (const domain of world.domains) seedDomain(sim, domain);
}

function seedDomain(sim: Simulation, domain: WorldDomain): void {
    const { id, name } = domain;
    const global = sim.shelf({ cloud: "huawei", account: id, region: "" });
    global.put(domains, id, { id, name });
    for (const user of domain.users) {
        const userId = user.id ?? namedHex(`${name}/user/${user.name}`);
        global.put(users, userId, { ...user, id: userId });
    }
    for (const project of domain.projects) {
        const shelf = sim.shelf({ cloud: "huawei", account: id, region: project.region });
        shelf.put(projects, project.id, project);
        const isHere = ({ region }: { region: string }) => region === project.region;
        for (const server of domain.servers.filter(isHere)) {
            seedServer(sim, shelf, server, { projectId: project.id, domain: name });
        }
        for (const { region: _, ...vault } of domain.vaults.filter(isHere)) {
            const vaultId = vault.id ?? namedUuid(`${name}/vault/${vault.name}`);
            shelf.put(vaults, vaultId, {
                ...vault,
                id: vaultId,
                projectId: project.id,
                objectType: "server",
                status: "available",
                createdAt: sim.clock.now(),
                serverIds: [],
            });
        }
    }
}

function seedServer(
    sim: Simulation,
    shelf: Shelf,
    server: WorldServer,
    { projectId, domain }: { projectId: string; domain: string },
): void {
    const path = `${domain}/server/${server.name}`;
    const id = server.id ?? namedUuid(path);
    const image = publicImageOf(server.os, server.osVersion);
    const createdAt = sim.clock.now();
    const mac = namedHex(`${path}/mac`);
    const host = (Number.parseInt(mac.slice(6, 8), 16) % 250) + 2;
    shelf.put(servers, id, {
        id,
        name: server.name,
        projectId,
        availabilityZone: server.availabilityZone,
        status: server.status,
        taskState: null,
        flavor: server.flavor,
        os: image.os,
        image: { id: image.id, name: image.name, type: "gold" },
        createdAt,
        guest: server.guest,
        tags: server.tags,
        vpcId: namedUuid(`${domain}/vpc/${server.region}`),
        nics: [
            {
                portId: namedUuid(`${path}/port`),
                subnetId: namedUuid(`${domain}/subnet/${server.region}`),
                address: `192.168.0.${host}`,
                macAddress: `fa:16:3e:${mac.slice(0, 2)}:${mac.slice(2, 4)}:${mac.slice(4, 6)}`,
            },
        ],
        securityGroups: [namedUuid(`${domain}/security-group/${server.region}`)],
        description: "",
        keyName: null,
        metadata: {},
    });
    const disks = [{ sizeGiB: server.systemDiskGiB, type: "SSD" }, ...server.dataDisks];
    for (const [index, disk] of disks.entries()) {
        const volumeId = namedUuid(`${path}/disk/${index}`);
        shelf.put(volumes, volumeId, {
            ...disk,
            id: volumeId,
            name: `${server.name}-volume-${String(index).padStart(4, "0")}`,
            projectId,
            availabilityZone: server.availabilityZone,
            status: "in-use",
            bootable: index === 0,
            createdAt,
            snapshotId: null,
            imageId: index === 0 ? image.id : null,
            guestState: "healthy",
            attachment: {
                id: volumeId,
                serverId: id,
                bootIndex: index,
                device: deviceName(index),
                deleteOnTermination: index === 0,
            },
        });
    }
}

/** The keys, users and projects of every domain. */
export function accountSummaries(sim: Simulation): AccountSummary[] {
    return sim.registry.list("huawei", domains).map(({ value: { id, name } }) => {
        const ofDomain = sim.registry.list("huawei", users, id).map(({ value }) => value);
        const inRegions = sim.registry.list("huawei", projects, id).map(({ value }) => value);
        return {
            cloud: "huawei",
            id,
            name,
            regions: inRegions.map(({ region }) => region),
            keys: ofDomain.map(({ accessKeyId, accessKeySecret }) => ({ accessKeyId, accessKeySecret })),
            users: ofDomain.map((user) => ({ name: user.name, password: user.password, domain: name })),
            projects: inRegions.map((project) => ({ id: project.id, name: project.region, region: project.region })),
        };
    });
}
