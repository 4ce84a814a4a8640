import { z } from "zod";
import { durationOf } from "../durations";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import type { JobOrder } from "../jobs/jobs";
import { task } from "../jobs/task";
import { attach, detach, deviceName, disksOf } from "../models/disks";
import { servers } from "../models/server";
import { type Attachment, volumes } from "../models/volume";
import { refuse } from "../rules";
import { checkFree, isBeingRead, ownServer } from "./ownServers";
import { serverRules } from "./serverRules";
import { ecs } from "./service";

const attachRequest = z.object({
    volumeAttachment: z.object({ volumeId: z.string(), device: z.string().optional() }),
});

interface DiskWork {
    readonly serverId: string;
    readonly volumeId: string;
}

const attachment = task<DiskWork>("huawei.disk.attach", {
    done({ store, body: { serverId, volumeId } }) {
        // A disk must never be attached to a server that does not exist.
        if (!store.get(servers, serverId)) return serverRules.serverGone;
        store.change(volumes, volumeId, { status: "in-use" });
        return undefined;
    },
    failed: ({ store, body }) => detach(store, body.volumeId),
});

const detachment = task<DiskWork>("huawei.disk.detach", {
    done({ store, body }) {
        detach(store, body.volumeId);
        return undefined;
    },
    failed({ store, body: { serverId, volumeId } }) {
        if (store.get(servers, serverId)) store.change(volumes, volumeId, { status: "in-use" });
        else detach(store, volumeId);
    },
});

export function declareServerDisks(sim: Operation["sim"]): void {
    attachment.declare(sim);
    detachment.declare(sim);
}

function order({ sim }: Operation, type: string, { serverId }: DiskWork): JobOrder {
    const entities = { server_id: serverId };
    return { service: "ecs", type, expectedMs: durationOf(sim, "diskAttach"), entities, subjects: [serverId] };
}

function listDisks(operation: Operation): Reply {
    const server = ownServer(operation, operation.param("server_id"));
    const disks = disksOf(operation.store, server.id);
    const free = Math.max(0, 60 - disks.length);
    return ok({
        attachableQuantity: { free_scsi: free, free_blk: Math.max(0, 24 - disks.length), free_disk: free },
        volumeAttachments: disks.map((disk) => ({
            id: disk.attachment.id,
            volumeId: disk.id,
            serverId: server.id,
            device: disk.attachment.device,
            size: disk.sizeGiB,
            bootIndex: disk.attachment.bootIndex,
            bus: "virtio",
            pciAddress: `0000:02:${(disk.attachment.bootIndex + 1).toString(16).padStart(2, "0")}.0`,
        })),
    });
}

function attachDisk(operation: Operation): Reply {
    const { sim, store } = operation;
    const server = ownServer(operation, operation.param("server_id"));
    const { volumeId, device } = operation.body(attachRequest).volumeAttachment;
    operation.names(volumeId);
    checkFree(operation, server);
    if (server.status !== "ACTIVE" && server.status !== "SHUTOFF") throw refuse(serverRules.state, server.status);
    const volume = store.get(volumes, volumeId);
    const isAttachable = volume?.status === "available" && volume.availabilityZone === server.availabilityZone;
    if (!isAttachable) throw refuse(serverRules.diskUnavailable, volumeId);
    const disks = disksOf(store, server.id);
    if (disks.length >= 60) throw refuse(serverRules.tooManyDisks);
    if (device && disks.some((disk) => disk.attachment.device === device)) {
        throw refuse(serverRules.deviceInUse, device);
    }
    const taken = new Set(disks.map((disk) => disk.attachment.bootIndex));
    // A system disk gets boot index 0, a data disk the first free one.
    let bootIndex = volume.bootable && !taken.has(0) ? 0 : 1;
    while (taken.has(bootIndex)) bootIndex++;
    const place: Attachment = {
        id: volumeId,
        serverId: server.id,
        bootIndex,
        device: device ?? deviceName(bootIndex),
        deleteOnTermination: false,
    };
    attach(store, volumeId, place, "attaching");
    const work = { serverId: server.id, volumeId };
    const jobId = attachment.begin({ sim, store, body: work }, order(operation, "attachVolume", work));
    operation.names(jobId);
    return ok({ job_id: jobId });
}

function detachDisk(operation: Operation): Reply {
    const { sim, store } = operation;
    const server = ownServer(operation, operation.param("server_id"));
    const volumeId = operation.param("volume_id");
    const disk = disksOf(store, server.id).find(({ id }) => id === volumeId);
    if (!disk) throw refuse(serverRules.diskNotAttached, volumeId);
    checkFree(operation, server);
    const isSystemDisk = disk.attachment.bootIndex === 0;
    // The system disk cannot be detached while an image of it is being created; data disks can
    // (docs/reference/full-ecs-images.md#during-creation).
    if (isSystemDisk && isBeingRead(operation, server.id)) throw refuse(serverRules.systemDiskBackedUp, volumeId);
    if (isSystemDisk && server.status !== "SHUTOFF") throw refuse(serverRules.state, `(${server.status})`);
    const isRead = disk.status === "backing-up" || disk.status === "uploading";
    if (!isRead && disk.status !== "in-use") throw refuse(serverRules.state, `(${volumeId}: ${disk.status})`);
    store.change(volumes, volumeId, { status: "detaching" });
    const work = { serverId: server.id, volumeId };
    const jobId = detachment.begin({ sim, store, body: work }, order(operation, "detachVolume", work));
    operation.names(jobId);
    return ok({ job_id: jobId });
}

const server = "/v1/{project_id}/cloudservers/{server_id}";

export const serverDiskRoutes: readonly Route[] = [
    {
        method: "GET",
        path: `${server}/block_device`,
        service: ecs,
        operation: "ListServerBlockDevices",
        isRead: true,
        handler: listDisks,
    },
    {
        method: "POST",
        path: `${server}/attachvolume`,
        service: ecs,
        operation: "AttachServerVolume",
        handler: attachDisk,
    },
    {
        method: "DELETE",
        path: `${server}/detachvolume/{volume_id}`,
        service: ecs,
        operation: "DetachServerVolume",
        handler: detachDisk,
    },
];
