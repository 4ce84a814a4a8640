import { z } from "zod";
import { durationOf } from "../durations";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { task } from "../jobs/task";
import { systemDiskOf } from "../models/backup";
import { attach, detach, disksOf } from "../models/disks";
import { type Server, servers } from "../models/server";
import { type Attachment, type Volume, volumes } from "../models/volume";
import { refuse } from "../rules";
import { bootableImage } from "./bootableImages";
import { checkIdle, ownServer } from "./ownServers";
import { serverRules } from "./serverRules";
import { ecs } from "./service";

const request = z.object({ "os-change": z.object({ imageid: z.string(), mode: z.string().optional() }) });

interface Change {
    readonly serverId: string;
    readonly system: Pick<Server, "os" | "guest" | "image">;
    readonly oldVolumeId: string;
    readonly newVolume: Volume;
    readonly attachment: Attachment;
}

const change = task<Change>("huawei.server.changeOs", {
    done({ store, body: { serverId, system, oldVolumeId, newVolume, attachment } }) {
        if (!store.get(servers, serverId)) return serverRules.serverGone;
        detach(store, oldVolumeId);
        store.delete(volumes, oldVolumeId);
        store.put(volumes, newVolume.id, newVolume);
        attach(store, newVolume.id, attachment, "in-use");
        store.change(servers, serverId, { ...system, status: "ACTIVE", taskState: null });
        return undefined;
    },
    failed: ({ store, body }) => store.change(servers, body.serverId, { status: "SHUTOFF", taskState: null }),
});

export const declareChangeOs = change.declare;

/**
 * Replaces the image of the system disk. Data disks are unchanged, even with a full-ECS image
 * (docs/reference/full-ecs-images.md#changing-the-operating-system).
 */
function changeOs(operation: Operation): Reply {
    const { sim, store } = operation;
    const server = ownServer(operation, operation.param("server_id"));
    const { imageid, mode } = operation.body(request)["os-change"];
    operation.names(imageid);
    const isStopped = server.status === "SHUTOFF" || (server.status === "ACTIVE" && mode === "withStopServer");
    if (!isStopped) throw refuse(serverRules.state, `(${server.id}: ${server.status})`);
    checkIdle(operation, server);
    const image = bootableImage(operation, imageid);
    const old = disksOf(store, server.id).find(({ attachment }) => attachment.bootIndex === 0);
    if (!old) throw refuse(serverRules.noSystemDisk, server.id);
    const id = sim.ids.uuid();
    const newVolume: Volume = {
        ...old,
        id,
        sizeGiB: Math.max(old.sizeGiB, image.minDiskGiB),
        createdAt: operation.now,
        snapshotId: (image.backup && systemDiskOf(image.backup)?.snapshotId) ?? null,
        imageId: image.id,
        attachment: null,
    };
    const work: Change = {
        serverId: server.id,
        system: { os: image.os, guest: image.guest, image: { id: image.id, name: image.name, type: image.type } },
        oldVolumeId: old.id,
        newVolume,
        attachment: { ...old.attachment, id },
    };
    const jobId = change.begin(
        { sim, store, body: work },
        {
            service: "ecs",
            type: "changeOs",
            expectedMs: durationOf(sim, "serverChangeOs"),
            entities: { server_id: server.id },
            subjects: [server.id],
        },
    );
    operation.names(jobId);
    store.change(servers, server.id, { status: "REBUILD", taskState: "rebuilding" });
    return ok({ job_id: jobId });
}

/** v2 is for images with cloud-init, v1 for images without it. */
export const changeOsRoutes: readonly Route[] = ["v1", "v2"].map((version) => ({
    method: "POST",
    path: `/${version}/{project_id}/cloudservers/{server_id}/changeos`,
    service: ecs,
    operation: "ChangeServerOs",
    handler: changeOs,
}));
