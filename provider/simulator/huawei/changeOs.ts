import { z } from "zod";
import { kind } from "../core/kinds";
import type { Simulation } from "../core/simulation";
import { disksOf } from "./attachments";
import { bootableImage } from "./bootableImages";
import { durationOf } from "./durations";
import { beginJob, failJob, finishJob, runJob } from "./jobs";
import { type Server, servers, type Volume, volumes } from "./objects";
import { type Operation, ok, type Reply, type Route } from "./operation";
import { refuse } from "./rules";
import { serverRules } from "./serverRules";
import { checkIdle, ownServer } from "./servers";

const request = z.object({ "os-change": z.object({ imageid: z.string(), mode: z.string().optional() }) });

interface Change {
    readonly jobId: string;
    readonly server: Server;
    readonly oldVolumeId: string;
    readonly newVolume: Volume;
}

const finish = kind<Change>("huawei.server.changeOs");

export function declareChangeOs(sim: Simulation): void {
    sim.onJob(finish, ({ sim, shelf, body: { jobId, server, oldVolumeId, newVolume }, failure }) => {
        if (failure !== undefined) {
            shelf.change(servers, server.id, { status: "SHUTOFF", taskState: null });
            return failJob(sim, shelf, jobId, failure);
        }
        shelf.put(servers, server.id, server);
        shelf.delete(volumes, oldVolumeId);
        shelf.put(volumes, newVolume.id, newVolume);
        finishJob(sim, shelf, jobId);
    });
}

/** Puts another image on the system disk; data disks stay as they are, even with a full-ECS image (R20). */
function changeOs(operation: Operation): Reply {
    const { sim, shelf, scope } = operation;
    const server = ownServer(operation, operation.param("server_id"));
    const { imageid, mode } = operation.body(request)["os-change"];
    operation.names(imageid);
    const isStopped = server.status === "SHUTOFF" || (server.status === "ACTIVE" && mode === "withStopServer");
    if (!isStopped) throw refuse(serverRules.state, `(${server.id}: ${server.status})`);
    checkIdle(operation, server);
    const image = bootableImage(operation, imageid);
    const old = disksOf(shelf, server.id).find(({ attachment }) => attachment.bootIndex === 0);
    if (!old) throw refuse(serverRules.noSystemDisk, server.id);
    const id = sim.ids.uuid();
    const newVolume: Volume = {
        ...old,
        id,
        sizeGiB: Math.max(old.sizeGiB, image.minDiskGiB),
        createdAt: operation.now,
        snapshotId: image.backup?.disks.find((disk) => disk.bootable)?.snapshotId ?? null,
        imageId: image.id,
        attachment: { ...old.attachment, id },
    };
    const changed: Server = {
        ...server,
        status: "ACTIVE",
        os: image.os,
        guest: image.guest,
        image: { id: image.id, name: image.name, type: image.type },
    };
    const job = beginJob(sim, shelf, {
        service: "ecs",
        type: "changeOs",
        expectedMs: durationOf(sim, "serverChangeOs"),
        entities: { server_id: server.id },
        subjects: [server.id],
    });
    runJob(shelf, job.id);
    operation.names(job.id);
    shelf.change(servers, server.id, { status: "REBUILD", taskState: "rebuilding" });
    const work = { jobId: job.id, server: changed, oldVolumeId: old.id, newVolume };
    sim.schedule(finish, scope, durationOf(sim, "serverChangeOs"), work);
    return ok({ job_id: job.id });
}

/** v2 is for images with cloud-init, v1 for those without. */
export const changeOsRoutes: readonly Route[] = ["v1", "v2"].map((version) => ({
    method: "POST",
    path: `/${version}/{project_id}/cloudservers/{server_id}/changeos`,
    service: "ecs",
    operation: "ChangeServerOs",
    handler: changeOs,
}));
