import { z } from "zod";
import { kind } from "../core/kinds";
import type { Simulation } from "../core/simulation";
import { disksOf } from "./attachments";
import { durationOf } from "./durations";
import { beginJob, failJob, finishJob, runJob, runningOn } from "./jobs";
import { type Server, servers, volumes } from "./objects";
import { type Operation, ok, type Reply, type Route } from "./operation";
import { refuse } from "./rules";
import { serverDocument } from "./serverDocument";
import { serverRules } from "./serverRules";

/** The caller's server, or 404. */
export function ownServer({ shelf }: Operation, id: string): Server {
    const server = shelf.get(servers, id);
    if (!server) throw refuse(serverRules.missing, id);
    return server;
}

/** Refuses work on a server while its disks are read for an image or a backup, or while other work is going on. */
export function checkIdle(operation: Operation, server: Server): void {
    const { shelf } = operation;
    const isRead = disksOf(shelf, server.id).some(({ status }) => status === "backing-up" || status === "uploading");
    if (isRead) throw refuse(serverRules.systemDiskBackedUp, server.id);
    if (server.taskState !== null || runningOn(shelf, server.id, "ecs").length > 0) {
        throw refuse(serverRules.state, `(${server.id}: ${server.taskState ?? server.status})`);
    }
}

function showServer(operation: Operation): Reply {
    const server = ownServer(operation, operation.param("server_id"));
    return ok({ server: serverDocument(operation.shelf, server) });
}

function listServers({ shelf, query }: Operation): Reply {
    const wanted = {
        name: query.get("name"),
        status: query.get("status"),
        ip: query.get("ip"),
        tags: query.get("tags"),
    };
    const found = shelf
        .list(servers)
        .map(({ value }) => value)
        .filter((server) => wanted.name === null || server.name.includes(wanted.name))
        .filter((server) => wanted.status === null || server.status === wanted.status)
        .filter((server) => wanted.ip === null || server.nics.some((nic) => nic.address === wanted.ip))
        .filter((server) => wanted.tags === null || server.tags.includes(wanted.tags))
        .reverse();
    // offset is the number of the page, from 1 (ECSD).
    const limit = Number(query.get("limit") ?? 25) || 25;
    const start = ((Number(query.get("offset") ?? 1) || 1) - 1) * limit;
    const page = found.slice(start, start + limit).map((server) => serverDocument(shelf, server));
    return ok({ servers: page, count: found.length });
}

const deletion = z.object({
    servers: z.array(z.object({ id: z.string() })).min(1),
    delete_volume: z.boolean().optional(),
    delete_publicip: z.boolean().optional(),
});

const deletionJob = kind<{ jobId: string; serverIds: readonly string[]; deleteVolume: boolean }>(
    "huawei.server.delete",
);

function deleteServers(operation: Operation): Reply {
    const { sim, shelf, scope } = operation;
    const body = operation.body(deletion);
    const serverIds = body.servers.map(({ id }) => id);
    operation.names(...serverIds);
    for (const id of serverIds) checkIdle(operation, ownServer(operation, id));
    const job = beginJob(sim, shelf, {
        service: "ecs",
        type: "deleteServer",
        expectedMs: durationOf(sim, "serverDelete"),
        subJobs: serverIds.map((id) => ({
            id: sim.ids.hex(),
            type: "deleteSingleServer",
            entities: { server_id: id },
        })),
        subjects: serverIds,
    });
    runJob(shelf, job.id);
    operation.names(job.id);
    for (const id of serverIds) shelf.change(servers, id, { taskState: "deleting" });
    sim.schedule(deletionJob, scope, durationOf(sim, "serverDelete"), {
        jobId: job.id,
        serverIds,
        deleteVolume: body.delete_volume ?? false,
    });
    return ok({ job_id: job.id });
}

export function declareServerDeletion(sim: Simulation): void {
    sim.onJob(deletionJob, ({ sim, shelf, body: { jobId, serverIds, deleteVolume }, failure }) => {
        for (const serverId of serverIds) {
            if (failure !== undefined) {
                shelf.change(servers, serverId, { taskState: null });
                continue;
            }
            for (const disk of disksOf(shelf, serverId)) {
                // The system disk goes with its server; data disks stay, and cost, unless the request says otherwise.
                const goes = disk.attachment.bootIndex === 0 || deleteVolume || disk.attachment.deleteOnTermination;
                if (goes) shelf.delete(volumes, disk.id);
                else shelf.change(volumes, disk.id, { status: "available", attachment: null });
            }
            shelf.delete(servers, serverId);
        }
        if (failure === undefined) finishJob(sim, shelf, jobId);
        else failJob(sim, shelf, jobId, failure);
    });
}

export const serverRoutes: readonly Route[] = [
    {
        method: "GET",
        path: "/v1/{project_id}/cloudservers/detail",
        service: "ecs",
        operation: "ListServersDetails",
        isRead: true,
        handler: listServers,
    },
    {
        method: "GET",
        path: "/v1/{project_id}/cloudservers/{server_id}",
        service: "ecs",
        operation: "ShowServer",
        isRead: true,
        handler: showServer,
    },
    {
        method: "GET",
        path: "/v2.1/{project_id}/servers/{server_id}",
        service: "ecs",
        operation: "NovaShowServer",
        isRead: true,
        handler: showServer,
    },
    {
        method: "POST",
        path: "/v1/{project_id}/cloudservers/delete",
        service: "ecs",
        operation: "DeleteServer",
        handler: deleteServers,
    },
];
