import { z } from "zod";
import { kind } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { disksOf } from "../holdings/disks";
import { images } from "../holdings/image";
import { servers } from "../holdings/server";
import { volumes } from "../holdings/volume";
import { runJob } from "../jobs/jobs";
import { isOccupied } from "../jobs/occupation";
import { refuse } from "../rules";
import { endImage, type ImageWork, orderImage, usedBytes } from "./imageLife";
import { draftOf, type ImageDraft, imageRequest } from "./imageRequests";
import { imageRequestRules, imageSourceRules } from "./imageRules";
import { ims } from "./service";

interface SystemImageWork extends ImageWork {
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
    if (volume_id !== undefined || image_url !== undefined || data_images?.length) {
        throw refuse(imageRequestRules.unsupported, "(images are made from servers only)");
    }
    const { jobId } = orderSystemImage(operation, serverId, rest);
    return ok({ job_id: jobId });
}

/** Begins an image of a server's system disk. */
export function orderSystemImage(
    operation: Operation,
    serverId: string | undefined,
    wanted: z.infer<typeof imageRequest>,
): ImageWork {
    const { sim, shelf, scope } = operation;
    const draft = draftOf(operation, wanted);
    if (!serverId) throw refuse(imageSourceRules.serverIdMissing);
    operation.names(serverId);
    const server = shelf.get(servers, serverId);
    if (!server) throw refuse(imageSourceRules.serverMissing, serverId);
    if (server.status !== "ACTIVE" && server.status !== "SHUTOFF") {
        throw refuse(imageSourceRules.serverNotStopped, serverId);
    }
    if (server.taskState !== null || isOccupied(shelf, serverId)) throw refuse(imageSourceRules.serverBusy, serverId);
    const [systemDisk] = disksOf(shelf, serverId);
    if (systemDisk?.attachment.bootIndex !== 0) throw refuse(imageSourceRules.noSystemDisk, serverId);
    const work = orderImage(sim, shelf, {
        type: "imsCreateImageByInstance",
        expectedMs: durationOf(sim, "systemImageJob"),
        entities: { image_name: draft.name },
        subjects: [serverId],
    });
    operation.names(work.jobId, work.imageId);
    const body = { ...work, serverId, volumeId: systemDisk.id, draft };
    sim.schedule(begin, scope, durationOf(sim, "systemImageRow"), body);
    return work;
}

export function declareSystemImageJobs(sim: Simulation): void {
    sim.onJob(begin, ({ sim, shelf, body, failure }) => {
        const server = shelf.get(servers, body.serverId);
        const disk = shelf.get(volumes, body.volumeId);
        if (failure !== undefined || !server || !disk) {
            return endImage(sim, shelf, body, failure ?? imageSourceRules.serverMissing);
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
            systemDiskGiB: disk.sizeGiB,
            minDiskGiB: disk.sizeGiB,
            sizeBytes: usedBytes(disk.sizeGiB),
            isProtected: false,
            createdAt: now,
            updatedAt: now,
            activeAt: null,
            jobId: body.jobId,
            sharedWith: [],
        });
        runJob(shelf, body.jobId, { image_id: body.imageId });
        sim.schedule(finish, shelf.scope, durationOf(sim, "systemImageJob") - durationOf(sim, "systemImageRow"), body);
    });
    sim.onJob(finish, ({ sim, shelf, body, failure }) => {
        if (shelf.get(volumes, body.volumeId)?.status === "uploading") {
            shelf.change(volumes, body.volumeId, { status: "in-use" });
        }
        const isGone = !shelf.get(servers, body.serverId);
        endImage(sim, shelf, body, failure ?? (isGone ? imageSourceRules.serverMissing : undefined));
    });
}

export const systemImageRoutes: readonly Route[] = ["/v2/cloudimages/action", "/v2.1/cloudimages/action"].map(
    (path) => ({ method: "POST", path, service: ims, operation: "CreateImage", handler: createImage }),
);
