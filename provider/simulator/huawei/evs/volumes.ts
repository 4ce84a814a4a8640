import { reversed, type Sliced } from "../../core/slices";
import { durationOf } from "../durations";
import { afterMarker, equal, type Filters, matchesNothing, pageOf, select } from "../gateway/filters";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { task } from "../jobs/task";
import { disksOf } from "../models/disks";
import { stored } from "../models/shelved";
import { snapshots, type Volume, volumes } from "../models/volume";
import { refuse } from "../rules";
import { diskRules } from "./diskRules";
import { evs } from "./service";
import { volumeDocument, volumeSummary } from "./volumeDocument";

export function ownVolume({ store }: Operation, id: string): Volume {
    const volume = store.get(volumes, id);
    if (!volume) throw refuse(diskRules.missing, id);
    return volume;
}

const filters: Filters<Volume> = {
    id: equal((volume) => volume.id),
    ids: (volume, wanted) => wanted.includes(volume.id),
    name: equal((volume) => volume.name),
    status: equal((volume) => volume.status),
    availability_zone: equal((volume) => volume.availabilityZone),
    server_id: equal((volume) => volume.attachment?.serverId),
    volume_type_id: equal((volume) => volume.type),
    multiattach: equal((volume) => volume.multiattach),
    bootable: equal((volume) => volume.bootable),
    service_type: equal(() => "EVS"),
    enterprise_project_id: (_, wanted) => wanted === "0" || wanted === "all_granted_eps",
    metadata: ({ metadata }, wanted) => isPart(wanted, metadata),
    dedicated_storage_id: matchesNothing,
    dedicated_storage_name: matchesNothing,
};

/** {"key": "value"}: the disk must have every pair. Invalid JSON matches nothing. */
function isPart(text: string, metadata: Readonly<Record<string, string>>): boolean {
    try {
        const wanted: Record<string, unknown> = JSON.parse(text.replaceAll("'", '"'));
        return Object.entries(wanted).every(([key, value]) => metadata[key] === String(value));
    } catch {
        return false;
    }
}

/** The disks that match the query, newest first. Uses an index for the disks of one server. */
export function foundVolumes({ store, query }: Operation): Sliced<Volume> {
    const serverId = query.get("server_id");
    const all = serverId ? disksOf(store, serverId) : stored(store, volumes);
    return reversed(select(all, query, filters));
}

/** Pages by `marker` (a disk id), `limit` and `offset`. */
function listWith(operation: Operation, document: (volume: Volume) => Record<string, unknown>): Reply {
    const found = foundVolumes(operation);
    const rest = afterMarker(found, operation.query);
    return ok({ volumes: pageOf(rest, operation.query).map(document), count: found.length });
}

/** The statuses in which a disk can be deleted (EVS.1046). */
const deletable = new Set(["available", "error", "error_extending", "error_restoring", "error_rollbacking"]);

const deletion = task<{ volumeId: string }>("huawei.disk.delete", {
    done: ({ store, body }) => {
        store.delete(volumes, body.volumeId);
        return undefined;
    },
    failed: ({ store, body }) => store.change(volumes, body.volumeId, { status: "error_deleting" }),
});

export const declareDiskDeletion = deletion.declare;

/** Begins the deletion of a disk. @returns the job's id */
export function beginDeletion(operation: Operation, id: string): string {
    const { sim, store } = operation;
    const volume = ownVolume(operation, id);
    if (!deletable.has(volume.status)) throw refuse(diskRules.deleteStatus, `(${volume.id}: ${volume.status})`);
    const hasSnapshots = store.where(snapshots, "volumeId", volume.id).length > 0;
    if (hasSnapshots) throw refuse(diskRules.hasSnapshots, volume.id);
    store.change(volumes, volume.id, { status: "deleting" });
    const jobId = deletion.begin(
        { sim, store, body: { volumeId: volume.id } },
        {
            service: "evs",
            type: "deleteVolume",
            expectedMs: durationOf(sim, "diskDelete"),
            entities: { volume_id: volume.id },
        },
    );
    operation.names(jobId);
    return jobId;
}

const disks = "/v2/{project_id}/cloudvolumes";
const vendorDisks = "/v2/{project_id}/os-vendor-volumes";
const newDisks = "/v2.1/{project_id}/cloudvolumes";

/**
 * Huawei Cloud and Open Telekom Cloud use different paths for the same queries
 * (docs/reference/huawei-servers.md#evs-disks).
 */
const queries = [disks, vendorDisks, newDisks].flatMap((base): Route[] => [
    {
        method: "GET",
        path: base,
        service: evs,
        operation: "ListVolumes",
        isRead: true,
        // The vendor path of OTC lists only names and links without "detail".
        handler: (operation) => listWith(operation, base === vendorDisks ? volumeSummary : volumeDocument),
    },
    {
        method: "GET",
        path: `${base}/detail`,
        service: evs,
        operation: "ListVolumes",
        isRead: true,
        handler: (operation) => listWith(operation, volumeDocument),
    },
    {
        method: "GET",
        path: `${base}/{volume_id}`,
        service: evs,
        operation: "ShowVolume",
        isRead: true,
        handler: (operation) => ok({ volume: volumeDocument(ownVolume(operation, operation.param("volume_id"))) }),
    },
]);

export const volumeRoutes: readonly Route[] = [
    ...queries,
    ...[disks, newDisks].map(
        (base): Route => ({
            method: "DELETE",
            path: `${base}/{volume_id}`,
            service: evs,
            operation: "DeleteVolume",
            handler: (operation) => ok({ job_id: beginDeletion(operation, operation.param("volume_id")) }),
        }),
    ),
];
