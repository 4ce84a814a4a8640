import { z } from "zod";
import { kind } from "../core/kinds";
import type { Simulation } from "../core/simulation";
import { durationOf } from "./durations";
import { beginJob, failJob, finishJob, runJob } from "./jobs";
import { diskTypes } from "./newServerDisks";
import { type Volume, volumes } from "./objects";
import { type Operation, ok, type Reply, type Route } from "./operation";
import { refuse } from "./rules";
import { diskRules } from "./serverRules";
import { volumeDocument } from "./volumeDocument";

const request = z.object({
    volume: z.object({
        availability_zone: z.string(),
        volume_type: z.string(),
        size: z.number().int().min(10).max(32_768),
        name: z.string().max(64).default(""),
        count: z.literal(1).optional(),
        snapshot_id: z.string().optional(),
        backup_id: z.string().optional(),
        imageRef: z.string().optional(),
    }),
});

interface DiskWork {
    readonly jobId: string;
    readonly volumeId: string;
}

const created = kind<DiskWork>("huawei.disk.create");
const deleted = kind<DiskWork>("huawei.disk.delete");

export function declareDiskJobs(sim: Simulation): void {
    sim.onJob(created, ({ sim, shelf, body, failure }) => {
        shelf.change(volumes, body.volumeId, { status: failure === undefined ? "available" : "error" });
        if (failure === undefined) finishJob(sim, shelf, body.jobId);
        else failJob(sim, shelf, body.jobId, failure);
    });
    sim.onJob(deleted, ({ sim, shelf, body, failure }) => {
        if (failure !== undefined) {
            shelf.change(volumes, body.volumeId, { status: "error_deleting" });
            return failJob(sim, shelf, body.jobId, failure);
        }
        shelf.delete(volumes, body.volumeId);
        finishJob(sim, shelf, body.jobId);
    });
}

function ownVolume({ shelf }: Operation, id: string): Volume {
    const volume = shelf.get(volumes, id);
    if (!volume) throw refuse(diskRules.missing, id);
    return volume;
}

function begin(operation: Operation, type: string, volumeId: string, expectedMs: number): string {
    const { sim, shelf } = operation;
    const job = beginJob(sim, shelf, { service: "evs", type, expectedMs, entities: { volume_id: volumeId } });
    runJob(shelf, job.id);
    operation.names(job.id, volumeId);
    return job.id;
}

function createVolume(operation: Operation): Reply {
    const { sim, shelf, scope, project } = operation;
    const { volume: wanted } = operation.body(request);
    if (wanted.snapshot_id || wanted.backup_id || wanted.imageRef) throw refuse(diskRules.blankOnly);
    if (!diskTypes.has(wanted.volume_type)) throw refuse(diskRules.type, wanted.volume_type);
    const zone = wanted.availability_zone;
    if (!zone.startsWith(project.region) || zone === project.region) throw refuse(diskRules.zone, zone);
    const id = sim.ids.uuid();
    shelf.put(volumes, id, {
        id,
        name: wanted.name,
        projectId: project.id,
        availabilityZone: zone,
        type: wanted.volume_type,
        sizeGiB: wanted.size,
        status: "creating",
        bootable: false,
        createdAt: operation.now,
        snapshotId: null,
        imageId: null,
        attachment: null,
        guestState: "healthy",
    });
    const jobId = begin(operation, "createVolume", id, durationOf(sim, "diskCreate"));
    sim.schedule(created, scope, durationOf(sim, "diskCreate"), { jobId, volumeId: id });
    return ok({ job_id: jobId });
}

/** EVS.1046: what can be deleted. */
const deletable = new Set(["available", "error", "error_extending", "error_restoring", "error_rollbacking"]);

function deleteVolume(operation: Operation): Reply {
    const { sim, shelf, scope } = operation;
    const volume = ownVolume(operation, operation.param("volume_id"));
    if (!deletable.has(volume.status)) throw refuse(diskRules.deleteStatus, `(${volume.id}: ${volume.status})`);
    const jobId = begin(operation, "deleteVolume", volume.id, durationOf(sim, "diskDelete"));
    shelf.change(volumes, volume.id, { status: "deleting" });
    sim.schedule(deleted, scope, durationOf(sim, "diskDelete"), { jobId, volumeId: volume.id });
    return ok({ job_id: jobId });
}

function listVolumes({ shelf, query }: Operation): Reply {
    const wanted = { name: query.get("name"), status: query.get("status"), server: query.get("server_id") };
    const found = shelf
        .list(volumes)
        .map(({ value }) => value)
        .filter((volume) => wanted.name === null || volume.name === wanted.name)
        .filter((volume) => wanted.status === null || volume.status === wanted.status)
        .filter((volume) => wanted.server === null || volume.attachment?.serverId === wanted.server)
        .reverse();
    const offset = Number(query.get("offset") ?? 0) || 0;
    const limit = Number(query.get("limit") ?? 1000) || 1000;
    return ok({ volumes: found.slice(offset, offset + limit).map(volumeDocument), count: found.length });
}

const disks = "/v2/{project_id}/cloudvolumes";
const vendorDisks = "/v2/{project_id}/os-vendor-volumes";

export const volumeRoutes: readonly Route[] = [
    { method: "POST", path: disks, service: "evs", operation: "CreateVolume", handler: createVolume },
    {
        method: "DELETE",
        path: `${disks}/{volume_id}`,
        service: "evs",
        operation: "DeleteVolume",
        handler: deleteVolume,
    },
    // Huawei Cloud and Open Telekom Cloud name the same queries differently (reference 2.14).
    ...[disks, vendorDisks].flatMap((base): Route[] => [
        {
            method: "GET",
            path: `${base}/detail`,
            service: "evs",
            operation: "ListVolumes",
            isRead: true,
            handler: listVolumes,
        },
        {
            method: "GET",
            path: `${base}/{volume_id}`,
            service: "evs",
            operation: "ShowVolume",
            isRead: true,
            handler: (operation) => ok({ volume: volumeDocument(ownVolume(operation, operation.param("volume_id"))) }),
        },
    ]),
];
