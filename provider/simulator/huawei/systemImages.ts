import { z } from "zod";
import { kind } from "../core/kinds";
import type { Simulation } from "../core/simulation";
import { disksOf } from "./attachments";
import { backupsInProgress } from "./backups";
import { durationOf } from "./durations";
import { draftOf, type ImageDraft, imageRequest } from "./imageRequests";
import { imageRequestRules, imageSourceRules } from "./imageRules";
import { beginJob, failJob, finishJob, runJob, runningOn } from "./jobs";
import { images, servers, volumes } from "./objects";
import { type Operation, ok, type Reply, type Route } from "./operation";
import { refuse } from "./rules";
import { activate, usedBytes } from "./wholeImageJobs";

interface SystemImageWork {
    readonly jobId: string;
    readonly imageId: string;
    readonly serverId: string;
    readonly volumeId: string;
    readonly draft: ImageDraft;
}

const begin = kind<SystemImageWork>("huawei.systemImage.begin");
const finish = kind<SystemImageWork>("huawei.systemImage.finish");

const request = imageRequest.extend({
    instance_id: z.string().optional(),
    data_images: z.array(z.unknown()).optional(),
    volume_id: z.string().optional(),
    image_url: z.string().optional(),
});

function createImage(operation: Operation): Reply {
    if (operation.request.body.length === 0) throw refuse(imageRequestRules.emptyBody);
    const { instance_id: serverId, data_images, volume_id, image_url, ...rest } = operation.body(request);
    const { sim, shelf, scope } = operation;
    if (volume_id !== undefined || image_url !== undefined || data_images?.length) {
        throw refuse(imageRequestRules.unsupported, "(images are made from servers only)");
    }
    const draft = draftOf(sim, shelf, rest);
    if (!serverId) throw refuse(imageSourceRules.serverIdMissing);
    operation.names(serverId);
    const server = shelf.get(servers, serverId);
    if (!server) throw refuse(imageSourceRules.serverMissing, serverId);
    if (server.status !== "ACTIVE" && server.status !== "SHUTOFF")
        throw refuse(imageSourceRules.serverNotStopped, serverId);
    const isBusy = runningOn(shelf, serverId).length > 0 || backupsInProgress(shelf, serverId).length > 0;
    if (server.taskState !== null || isBusy) throw refuse(imageSourceRules.serverBusy, serverId);
    const [systemDisk] = disksOf(shelf, serverId);
    if (systemDisk?.attachment.bootIndex !== 0) throw refuse(imageSourceRules.noSystemDisk, serverId);
    const job = beginJob(sim, shelf, {
        service: "ims",
        type: "imsCreateImageByInstance",
        expectedMs: durationOf(sim, "systemImageJob"),
        entities: { image_name: draft.name },
        subjects: [serverId],
    });
    const imageId = sim.ids.uuid();
    operation.names(job.id, imageId);
    const work = { jobId: job.id, imageId, serverId, volumeId: systemDisk.id, draft };
    sim.schedule(begin, scope, durationOf(sim, "systemImageRow"), work);
    return ok({ job_id: job.id });
}

export function declareSystemImageJobs(sim: Simulation): void {
    sim.onJob(begin, ({ sim, shelf, body, failure }) => {
        const server = shelf.get(servers, body.serverId);
        const disk = shelf.get(volumes, body.volumeId);
        if (failure !== undefined || !server || !disk) {
            return failJob(sim, shelf, body.jobId, failure ?? imageSourceRules.serverMissing);
        }
        const now = sim.clock.now();
        shelf.change(volumes, disk.id, { status: "uploading" });
        shelf.put(images, body.imageId, {
            ...body.draft,
            id: body.imageId,
            projectId: server.projectId,
            status: "saving",
            isWhole: false,
            backupId: null,
            backupService: null,
            dataOrigin: `instance,${server.id}`,
            originalImageId: server.image.id,
            os: server.os,
            guest: server.guest,
            minDiskGiB: disk.sizeGiB,
            sizeBytes: usedBytes(disk.sizeGiB),
            isProtected: false,
            createdAt: now,
            updatedAt: now,
            activeAt: null,
            jobId: body.jobId,
        });
        runJob(shelf, body.jobId, { image_id: body.imageId });
        sim.schedule(finish, shelf.scope, durationOf(sim, "systemImageJob") - durationOf(sim, "systemImageRow"), body);
    });
    sim.onJob(finish, ({ sim, shelf, body, failure }) => {
        if (shelf.get(volumes, body.volumeId)?.status === "uploading") {
            shelf.change(volumes, body.volumeId, { status: "in-use" });
        }
        if (failure === undefined) {
            activate(sim, shelf, body.imageId);
            return finishJob(sim, shelf, body.jobId);
        }
        shelf.change(images, body.imageId, { status: "killed", updatedAt: sim.clock.now() });
        failJob(sim, shelf, body.jobId, failure);
    });
}

export const systemImageRoutes: readonly Route[] = ["/v2/cloudimages/action", "/v2.1/cloudimages/action"].map(
    (path) => ({
        method: "POST",
        path,
        service: "ims",
        operation: "CreateImage",
        handler: createImage,
    }),
);
