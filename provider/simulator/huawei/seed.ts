import type { RegionStore } from "../core/objects";
import type { Simulation } from "../core/simulation";
import { deletionDuringCreationSetting } from "./deletionDuringCreation";
import { durationsSetting } from "./durations";
import { accessKeys, domains, projects, users } from "./identities/identities";
import { imageQuota } from "./ims/quotas";
import { deviceName } from "./models/disks";
import { publicImageOf } from "./models/publicImages";
import { servers } from "./models/server";
import { plainVault, vaults } from "./models/vault";
import { plainVolume, volumes } from "./models/volume";
import { namedHex, namedUuid } from "./namedIdentifiers";
import { worldSecurityGroup, worldSubnet, worldVpc } from "./networks";
import { powerDuringImageSetting } from "./powerDuringImage";
import { serverAppearsAfterSetting } from "./serverAppearance";
import type { HuaweiWorld } from "./world";

type WorldDomain = HuaweiWorld["domains"][number];
type WorldServer = WorldDomain["servers"][number];

/** Creates the world's accounts and objects in a new simulation. */
export function seedWorld(sim: Simulation, world: HuaweiWorld): void {
    if (world.durations) sim.settings.set(durationsSetting, world.durations);
    if (world.powerDuringImage) sim.settings.set(powerDuringImageSetting, world.powerDuringImage);
    if (world.deletionDuringCreation) sim.settings.set(deletionDuringCreationSetting, world.deletionDuringCreation);
    if (world.serverAppearsAfter !== undefined) sim.settings.set(serverAppearsAfterSetting, world.serverAppearsAfter);
    if (world.imageQuota !== undefined) {
        sim.quotas.declare([imageQuota]);
        sim.quotas.change(imageQuota.name, world.imageQuota);
    }
    for (const domain of world.domains) seedDomain(sim, domain);
}

function seedDomain(sim: Simulation, domain: WorldDomain): void {
    const { id, name } = domain;
    const global = sim.store({ cloud: "huawei", account: id, region: "" });
    global.put(domains, id, { id, name });
    for (const user of domain.users) {
        const userId = user.id ?? namedHex(`${name}/user/${user.name}`);
        global.put(users, userId, { ...user, id: userId });
        global.put(accessKeys, user.accessKeyId, { userId });
    }
    for (const project of domain.projects) {
        const store = sim.store({ cloud: "huawei", account: id, region: project.region });
        store.put(projects, project.id, project);
        const isHere = ({ region }: { region: string }) => region === project.region;
        for (const server of domain.servers.filter(isHere)) {
            seedServer(sim, store, server, { projectId: project.id, domain: name });
        }
        for (const { region: _, ...vault } of domain.vaults.filter(isHere)) {
            const vaultId = vault.id ?? namedUuid(`${name}/vault/${vault.name}`);
            store.put(vaults, vaultId, {
                ...plainVault,
                ...vault,
                id: vaultId,
                projectId: project.id,
                objectType: vault.objectType ?? "server",
                status: vault.status ?? "available",
                createdAt: sim.clock.now(),
            });
        }
    }
}

function seedServer(
    sim: Simulation,
    store: RegionStore,
    server: WorldServer,
    { projectId, domain }: { projectId: string; domain: string },
): void {
    const path = `${domain}/server/${server.name}`;
    const place = { name: domain, region: server.region };
    const id = server.id ?? namedUuid(path);
    const image = publicImageOf(server.os, server.osVersion);
    const createdAt = sim.clock.now();
    const mac = namedHex(`${path}/mac`);
    const disks = [{ sizeGiB: server.systemDiskGiB, type: "SSD" }, ...server.dataDisks];
    const host = (Number.parseInt(mac.slice(6, 8), 16) % 250) + 2;
    store.put(servers, id, {
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
        vpcId: worldVpc(place),
        nics: [
            {
                portId: namedUuid(`${path}/port`),
                subnetId: worldSubnet(place),
                address: `192.168.0.${host}`,
                macAddress: `fa:16:3e:${mac.slice(0, 2)}:${mac.slice(2, 4)}:${mac.slice(4, 6)}`,
            },
        ],
        securityGroups: [worldSecurityGroup(place)],
        description: "",
        keyName: null,
        metadata: {},
        volumeIds: disks.map((_, index) => namedUuid(`${path}/disk/${index}`)),
    });
    for (const [index, disk] of disks.entries()) {
        const volumeId = namedUuid(`${path}/disk/${index}`);
        store.put(volumes, volumeId, {
            ...plainVolume,
            ...disk,
            id: volumeId,
            name: `${server.name}-volume-${String(index).padStart(4, "0")}`,
            projectId,
            availabilityZone: server.availabilityZone,
            status: "in-use",
            bootable: index === 0,
            createdAt,
            imageId: index === 0 ? image.id : null,
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
