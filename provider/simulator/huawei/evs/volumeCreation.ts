import { z } from "zod";
import { durationOf } from "../durations";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { task } from "../jobs/task";
import { diskTypes, plainVolume, volumes } from "../models/volume";
import { refuse } from "../rules";
import { diskRules } from "./diskRules";
import { evs } from "./service";

const request = z.object({
    volume: z.object({
        availability_zone: z.string(),
        volume_type: z.string(),
        size: z.number().int().min(10).max(32_768),
        name: z.string().max(64).default(""),
        description: z.string().max(85).default(""),
        count: z.literal(1).optional(),
        multiattach: z.boolean().default(false),
        metadata: z.record(z.string(), z.string()).default({}),
        snapshot_id: z.string().optional(),
        backup_id: z.string().optional(),
        imageRef: z.string().optional(),
    }),
});

const creation = task<{ volumeId: string }>("huawei.disk.create", {
    done: ({ store, body }) => {
        store.change(volumes, body.volumeId, { status: "available" });
        return undefined;
    },
    failed: ({ store, body }) => store.change(volumes, body.volumeId, { status: "error" }),
});

export const declareDiskCreation = creation.declare;

function createVolume(operation: Operation): Reply {
    const { sim, store, project } = operation;
    const { volume: wanted } = operation.body(request);
    if (wanted.snapshot_id || wanted.backup_id || wanted.imageRef) throw refuse(diskRules.blankOnly);
    if (!diskTypes.has(wanted.volume_type)) throw refuse(diskRules.type, wanted.volume_type);
    const zone = wanted.availability_zone;
    if (!zone.startsWith(project.region) || zone === project.region) throw refuse(diskRules.zone, zone);
    const id = sim.ids.uuid();
    store.put(volumes, id, {
        ...plainVolume,
        id,
        name: wanted.name,
        description: wanted.description,
        multiattach: wanted.multiattach,
        metadata: wanted.metadata,
        projectId: project.id,
        availabilityZone: zone,
        type: wanted.volume_type,
        sizeGiB: wanted.size,
        status: "creating",
        bootable: false,
        createdAt: operation.now,
    });
    const jobId = creation.begin(
        { sim, store, body: { volumeId: id } },
        {
            service: "evs",
            type: "createVolume",
            expectedMs: durationOf(sim, "diskCreate"),
            entities: { volume_id: id },
        },
    );
    operation.names(jobId, id);
    return ok({ job_id: jobId, volume_ids: [id] });
}

/** v2 according to the documentation (docs/reference/huawei-servers.md#evs-disks), v2.1 in the Python SDK. */
export const volumeCreationRoutes: readonly Route[] = ["v2", "v2.1"].map((version) => ({
    method: "POST",
    path: `/${version}/{project_id}/cloudvolumes`,
    service: evs,
    operation: "CreateVolume",
    handler: createVolume,
}));
