import { z } from "zod";
import { kind } from "../core/kinds";
import type { Simulation } from "../core/simulation";
import { deviceName, disksOf } from "./attachments";
import { durationOf } from "./durations";
import { beginJob, failJob, finishJob, runJob } from "./jobs";
import { type Attachment, volumes } from "./objects";
import { type Operation, ok, type Reply, type Route } from "./operation";
import { refuse } from "./rules";
import { serverRules } from "./serverRules";
import { ownServer } from "./servers";

const attachRequest = z.object({
    volumeAttachment: z.object({ volumeId: z.string(), device: z.string().optional() }),
});

interface DiskWork {
    readonly jobId: string;
    readonly volumeId: string;
}

const attached = kind<DiskWork & { attachment: Attachment }>("huawei.disk.attach");
const detached = kind<DiskWork>("huawei.disk.detach");

export function declareServerDisks(sim: Simulation): void {
    sim.onJob(attached, ({ sim, shelf, body, failure }) => {
        const result = { status: "in-use", attachment: body.attachment };
        shelf.change(
            volumes,
            body.volumeId,
            failure === undefined ? result : { status: "available", attachment: null },
        );
        if (failure === undefined) finishJob(sim, shelf, body.jobId);
        else failJob(sim, shelf, body.jobId, failure);
    });
    sim.onJob(detached, ({ sim, shelf, body, failure }) => {
        shelf.change(
            volumes,
            body.volumeId,
            failure === undefined ? { status: "available", attachment: null } : { status: "in-use" },
        );
        if (failure === undefined) finishJob(sim, shelf, body.jobId);
        else failJob(sim, shelf, body.jobId, failure);
    });
}

function listDisks(operation: Operation): Reply {
    const server = ownServer(operation, operation.param("server_id"));
    const disks = disksOf(operation.shelf, server.id);
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

function begin(operation: Operation, type: string, serverId: string, volumeId: string): string {
    const { sim, shelf } = operation;
    const job = beginJob(sim, shelf, {
        service: "ecs",
        type,
        expectedMs: durationOf(sim, "diskAttach"),
        entities: { server_id: serverId, volume_id: volumeId },
        subjects: [serverId],
    });
    runJob(shelf, job.id);
    operation.names(job.id);
    return job.id;
}

function attachDisk(operation: Operation): Reply {
    const { sim, shelf, scope } = operation;
    const server = ownServer(operation, operation.param("server_id"));
    const { volumeId, device } = operation.body(attachRequest).volumeAttachment;
    operation.names(volumeId);
    if (server.status !== "ACTIVE" && server.status !== "SHUTOFF") throw refuse(serverRules.state, server.status);
    const volume = shelf.get(volumes, volumeId);
    const fits = volume?.status === "available" && volume.availabilityZone === server.availabilityZone;
    if (!fits) throw refuse(serverRules.diskUnavailable, volumeId);
    const disks = disksOf(shelf, server.id);
    if (disks.length >= 60) throw refuse(serverRules.tooManyDisks);
    if (device && disks.some(({ attachment }) => attachment.device === device)) {
        throw refuse(serverRules.deviceInUse, device);
    }
    const taken = new Set(disks.map(({ attachment }) => attachment.bootIndex));
    // A system disk goes back to its place; a data disk to the first free one.
    let bootIndex = volume.bootable && !taken.has(0) ? 0 : 1;
    while (taken.has(bootIndex)) bootIndex++;
    const attachment: Attachment = {
        id: volumeId,
        serverId: server.id,
        bootIndex,
        device: device ?? deviceName(bootIndex),
        deleteOnTermination: false,
    };
    const jobId = begin(operation, "attachVolume", server.id, volumeId);
    shelf.change(volumes, volumeId, { status: "attaching", attachment });
    sim.schedule(attached, scope, durationOf(sim, "diskAttach"), { jobId, volumeId, attachment });
    return ok({ job_id: jobId });
}

function detachDisk(operation: Operation): Reply {
    const { sim, shelf, scope } = operation;
    const server = ownServer(operation, operation.param("server_id"));
    const volumeId = operation.param("volume_id");
    const disk = disksOf(shelf, server.id).find(({ id }) => id === volumeId);
    if (!disk) throw refuse(serverRules.diskNotAttached, volumeId);
    const isSystemDisk = disk.attachment.bootIndex === 0;
    const isRead = disk.status === "backing-up" || disk.status === "uploading";
    // R6: the system disk stays while an image is made from it; data disks may go.
    if (isSystemDisk && isRead) throw refuse(serverRules.systemDiskBackedUp, volumeId);
    if (isSystemDisk && server.status !== "SHUTOFF") throw refuse(serverRules.state, `(${server.status})`);
    if (!isRead && disk.status !== "in-use") throw refuse(serverRules.state, `(${volumeId}: ${disk.status})`);
    const jobId = begin(operation, "detachVolume", server.id, volumeId);
    shelf.change(volumes, volumeId, { status: "detaching" });
    sim.schedule(detached, scope, durationOf(sim, "diskAttach"), { jobId, volumeId });
    return ok({ job_id: jobId });
}

const server = "/v1/{project_id}/cloudservers/{server_id}";

export const serverDiskRoutes: readonly Route[] = [
    {
        method: "GET",
        path: `${server}/block_device`,
        service: "ecs",
        operation: "ListServerBlockDevices",
        isRead: true,
        handler: listDisks,
    },
    {
        method: "POST",
        path: `${server}/attachvolume`,
        service: "ecs",
        operation: "AttachServerVolume",
        handler: attachDisk,
    },
    {
        method: "DELETE",
        path: `${server}/detachvolume/{volume_id}`,
        service: "ecs",
        operation: "DetachServerVolume",
        handler: detachDisk,
    },
];
