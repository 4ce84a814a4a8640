import { z } from "zod";
import { durationOf } from "../durations";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { task } from "../jobs/task";
import { detach, disksOf } from "../models/disks";
import { servers } from "../models/server";
import { volumes } from "../models/volume";
import { checkIdle, ownServer } from "./ownServers";
import { ecs } from "./service";

const request = z.object({
    servers: z.array(z.object({ id: z.string() })).min(1),
    delete_volume: z.boolean().optional(),
    delete_publicip: z.boolean().optional(),
});

const deletion = task<{ serverIds: readonly string[]; deleteVolume: boolean }>("huawei.server.delete", {
    done({ store, body: { serverIds, deleteVolume } }) {
        for (const serverId of serverIds) {
            for (const disk of disksOf(store, serverId)) {
                // The system disk is deleted with its server. Data disks are kept, and billed, unless the request says
                // otherwise.
                const isDeleted =
                    disk.attachment.bootIndex === 0 || deleteVolume || disk.attachment.deleteOnTermination;
                if (isDeleted) store.delete(volumes, disk.id);
                else detach(store, disk.id);
            }
            store.delete(servers, serverId);
        }
        return undefined;
    },
    failed({ store, body }) {
        for (const serverId of body.serverIds) store.change(servers, serverId, { taskState: null });
    },
});

export const declareServerDeletion = deletion.declare;

/** Begins the deletion of servers. @returns the job's id */
export function beginServerDeletion(operation: Operation, wanted: readonly string[], deleteVolume: boolean): string {
    const { sim, store } = operation;
    // A server that is named twice is deleted once.
    const serverIds = [...new Set(wanted)];
    operation.names(...serverIds);
    for (const id of serverIds) checkIdle(operation, ownServer(operation, id));
    const jobId = deletion.begin(
        { sim, store, body: { serverIds, deleteVolume } },
        {
            service: "ecs",
            type: "deleteServer",
            expectedMs: durationOf(sim, "serverDelete"),
            subJobs: serverIds.map((id) => ({
                id: sim.ids.hex(),
                type: "deleteSingleServer",
                entities: { server_id: id },
            })),
            subjects: serverIds,
        },
    );
    operation.names(jobId);
    for (const id of serverIds) store.change(servers, id, { taskState: "deleting" });
    return jobId;
}

function deleteServers(operation: Operation): Reply {
    const { servers: wanted, delete_volume: deleteVolume = false } = operation.body(request);
    const serverIds = wanted.map(({ id }) => id);
    return ok({ job_id: beginServerDeletion(operation, serverIds, deleteVolume) });
}

export const serverDeletionRoutes: readonly Route[] = [
    {
        method: "POST",
        path: "/v1/{project_id}/cloudservers/delete",
        service: ecs,
        operation: "DeleteServer",
        handler: deleteServers,
    },
];
