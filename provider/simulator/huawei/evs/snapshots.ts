import { z } from "zod";
import { reversed } from "../../core/slices";
import { durationOf } from "../durations";
import { equal, type Filters, pageOf, select } from "../gateway/filters";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { task } from "../jobs/task";
import { stored } from "../models/shelved";
import { type Snapshot, snapshots } from "../models/volume";
import { refuse } from "../rules";
import { inMicroseconds } from "../times";
import { diskRules } from "./diskRules";
import { evs } from "./service";
import { ownVolume } from "./volumes";

const request = z.object({
    snapshot: z.object({
        volume_id: z.string(),
        name: z.string().max(64).default(""),
        description: z.string().max(85).default(""),
        metadata: z.record(z.string(), z.string()).default({}),
        force: z.boolean().optional(),
    }),
});

const creation = task<{ snapshotId: string }>("huawei.snapshot.create", {
    done: ({ store, body }) => {
        store.change(snapshots, body.snapshotId, { status: "available" });
        return undefined;
    },
    failed: ({ store, body }) => store.change(snapshots, body.snapshotId, { status: "error" }),
});

const deletion = task<{ snapshotId: string }>("huawei.snapshot.delete", {
    done: ({ store, body }) => {
        store.delete(snapshots, body.snapshotId);
        return undefined;
    },
    failed: ({ store, body }) => store.change(snapshots, body.snapshotId, { status: "error" }),
});

export function declareSnapshotJobs(sim: Operation["sim"]): void {
    creation.declare(sim);
    deletion.declare(sim);
}

function document(snapshot: Snapshot): Record<string, unknown> {
    return {
        id: snapshot.id,
        name: snapshot.name,
        description: snapshot.description,
        status: snapshot.status,
        size: snapshot.sizeGiB,
        volume_id: snapshot.volumeId,
        metadata: snapshot.metadata,
        created_at: inMicroseconds(snapshot.createdAt),
        updated_at: inMicroseconds(snapshot.createdAt),
        "os-extended-snapshot-attributes:progress": snapshot.status === "available" ? "100%" : "0%",
    };
}

function ownSnapshot(operation: Operation): Snapshot {
    const id = operation.param("snapshot_id");
    const snapshot = operation.store.get(snapshots, id);
    if (!snapshot) throw refuse(diskRules.snapshotMissing, id);
    return snapshot;
}

function order(operation: Operation, type: string, snapshot: Snapshot) {
    const entities = { snapshot_id: snapshot.id, volume_id: snapshot.volumeId };
    return { service: "evs" as const, type, expectedMs: durationOf(operation.sim, "diskSnapshot"), entities };
}

function createSnapshot(operation: Operation): Reply {
    const { sim, store, now } = operation;
    const wanted = operation.body(request).snapshot;
    const volume = ownVolume(operation, wanted.volume_id);
    if (volume.status !== "available" && volume.status !== "in-use") {
        throw refuse(diskRules.snapshotState, `(${volume.id}: ${volume.status})`);
    }
    const snapshot: Snapshot = {
        id: sim.ids.uuid(),
        name: wanted.name,
        description: wanted.description,
        volumeId: volume.id,
        sizeGiB: volume.sizeGiB,
        status: "creating",
        metadata: wanted.metadata,
        createdAt: now,
    };
    store.put(snapshots, snapshot.id, snapshot);
    const body = { snapshotId: snapshot.id };
    const jobId = creation.begin({ sim, store, body }, order(operation, "createSnapshot", snapshot));
    operation.names(snapshot.id, volume.id, jobId);
    return { status: 202, body: { snapshot: document(snapshot) } };
}

function deleteSnapshot(operation: Operation): Reply {
    const { sim, store } = operation;
    const snapshot = ownSnapshot(operation);
    if (snapshot.status !== "available" && snapshot.status !== "error") {
        throw refuse(diskRules.snapshotState, `(${snapshot.id}: ${snapshot.status})`);
    }
    store.change(snapshots, snapshot.id, { status: "deleting" });
    const body = { snapshotId: snapshot.id };
    const jobId = deletion.begin({ sim, store, body }, order(operation, "deleteSnapshot", snapshot));
    operation.names(jobId);
    return { status: 202 };
}

const filters: Filters<Snapshot> = {
    id: equal((snapshot) => snapshot.id),
    name: equal((snapshot) => snapshot.name),
    status: equal((snapshot) => snapshot.status),
    volume_id: equal((snapshot) => snapshot.volumeId),
};

function listSnapshots({ store, query }: Operation): Reply {
    const found = reversed(select(stored(store, snapshots), query, filters));
    return ok({ snapshots: pageOf(found, query).map(document), count: found.length });
}

const all = "/v2/{project_id}/cloudsnapshots";
const one = `${all}/{snapshot_id}`;

export const snapshotRoutes: readonly Route[] = [
    { method: "POST", path: all, service: evs, operation: "CreateSnapshot", handler: createSnapshot },
    ...[all, `${all}/detail`].map(
        (path): Route => ({
            method: "GET",
            path,
            service: evs,
            operation: "ListSnapshots",
            isRead: true,
            handler: listSnapshots,
        }),
    ),
    {
        method: "GET",
        path: one,
        service: evs,
        operation: "ShowSnapshot",
        isRead: true,
        handler: (operation) => ok({ snapshot: document(ownSnapshot(operation)) }),
    },
    { method: "DELETE", path: one, service: evs, operation: "DeleteSnapshot", handler: deleteSnapshot },
];
