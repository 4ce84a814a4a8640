import { createHash } from "node:crypto";
import type { Operation } from "../gateway/operation";
import { deviceName } from "../models/disks";
import type { Nic, Server } from "../models/server";
import { plainVolume, type Volume } from "../models/volume";
import { type BootableImage, zoneFor } from "./bootableImages";
import type { PlannedDisk } from "./newServerDisks";
import { type ServerRequest, tagsOf } from "./serverRequest";

/** A server to be created, with its disks. */
export interface NewServer {
    readonly server: Server;
    readonly volumes: readonly Volume[];
}

function newVolume(operation: Operation, server: Server, disk: PlannedDisk, index: number): Volume {
    const id = operation.sim.ids.uuid();
    return {
        ...plainVolume,
        id,
        name: `${server.name}-volume-${String(index).padStart(4, "0")}`,
        projectId: server.projectId,
        availabilityZone: server.availabilityZone,
        type: disk.type,
        sizeGiB: disk.sizeGiB,
        status: "in-use",
        bootable: index === 0,
        multiattach: disk.multiattach,
        createdAt: operation.now,
        snapshotId: disk.snapshotId,
        imageId: index === 0 ? server.image.id : null,
        guestState: disk.guestState,
        attachment: {
            id,
            serverId: server.id,
            bootIndex: index,
            device: deviceName(index),
            deleteOnTermination: disk.deleteOnTermination,
        },
    };
}

function newNic(operation: Operation, { subnet_id: subnetId, ip_address }: ServerRequest["nics"][number]): Nic {
    const portId = operation.sim.ids.uuid();
    const bytes = createHash("sha256").update(portId).digest();
    const ending = [...bytes.subarray(0, 3)].map((byte) => byte.toString(16).padStart(2, "0"));
    const address = ip_address ?? `192.168.${bytes.readUInt8(3)}.${(bytes.readUInt8(4) % 250) + 2}`;
    return { portId, subnetId, address, macAddress: ["fa", "16", "3e", ...ending].join(":") };
}

/** The server of a request, as it will be when its creation is complete. */
export function planServer(
    operation: Operation,
    request: ServerRequest,
    image: BootableImage,
    disks: readonly PlannedDisk[],
    name: string,
): NewServer {
    const { sim, project } = operation;
    const server: Server = {
        id: sim.ids.uuid(),
        name,
        projectId: project.id,
        availabilityZone: zoneFor(image, request.availability_zone, project.region),
        status: "ACTIVE",
        taskState: null,
        flavor: request.flavorRef,
        os: image.os,
        image: { id: image.id, name: image.name, type: image.type },
        createdAt: operation.now,
        guest: image.guest,
        tags: tagsOf(request),
        vpcId: request.vpcid,
        nics: request.nics.map((nic) => newNic(operation, nic)),
        securityGroups: (request.security_groups ?? []).map(({ id }) => id),
        description: request.description ?? "",
        keyName: request.key_name ?? null,
        metadata: request.metadata ?? {},
        volumeIds: [],
    };
    const volumes = disks.map((disk, index) => newVolume(operation, server, disk, index));
    return { server: { ...server, volumeIds: volumes.map(({ id }) => id) }, volumes };
}
