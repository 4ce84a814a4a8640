import { kind } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import type { Operation } from "../gateway/operation";
import { runJob } from "../jobs/jobs";
import { type Image, images } from "../models/image";
import { servers } from "../models/server";
import { volumes } from "../models/volume";
import { endImage, type ImageWork, orderImage, usedBytes } from "./imageLife";
import type { ImageDraft } from "./imageRequests";
import { imageSourceRules } from "./imageRules";
import { newImage } from "./newImage";

/** The image of one disk, whatever the request. */
export interface DiskImage {
    readonly volumeId: string;
    /** The server that the disk is attached to. It is occupied during the creation. */
    readonly serverId: string | null;
    readonly draft: ImageDraft;
    readonly facts: Pick<Image, "os" | "guest" | "dataOrigin" | "originalImageId">;
}

type DiskImageWork = DiskImage & ImageWork;

const begin = kind<DiskImageWork>("huawei.systemImage.begin");
const finish = kind<DiskImageWork>("huawei.systemImage.finish");

/** Begins an image of a disk, with a job of this type. `parentId` names the job that it is a part of. */
export function orderDiskImage(operation: Operation, wanted: DiskImage, type: string, parentId?: string): ImageWork {
    const { sim, store, scope } = operation;
    const work = orderImage(sim, store, {
        type,
        parentId,
        expectedMs: durationOf(sim, "systemImageJob"),
        entities: { image_name: wanted.draft.name },
        subjects: wanted.serverId === null ? [] : [wanted.serverId],
    });
    operation.names(work.jobId, work.imageId);
    sim.schedule(begin, scope, durationOf(sim, "systemImageRow"), { ...work, ...wanted });
    return work;
}

export function declareDiskImageJobs(sim: Simulation): void {
    sim.onJob(begin, ({ sim, store, body, failure }) => {
        const disk = store.get(volumes, body.volumeId);
        const isServerGone = body.serverId !== null && !store.get(servers, body.serverId);
        if (failure !== undefined || isServerGone || !disk) {
            const problem = isServerGone ? imageSourceRules.serverMissing : imageSourceRules.diskUnavailable;
            return endImage(sim, store, body, failure ?? problem);
        }
        store.change(volumes, disk.id, { status: "uploading" });
        const image = newImage(
            {
                ...body.draft,
                ...body.facts,
                id: body.imageId,
                projectId: disk.projectId,
                status: "saving",
                systemDiskGiB: disk.sizeGiB,
                minDiskGiB: disk.sizeGiB,
                sizeBytes: usedBytes(disk.sizeGiB),
                jobId: body.jobId,
            },
            sim.clock.now(),
        );
        store.put(images, body.imageId, image);
        runJob(store, body.jobId, { image_id: body.imageId });
        sim.schedule(finish, store.scope, durationOf(sim, "systemImageJob") - durationOf(sim, "systemImageRow"), body);
    });
    sim.onJob(finish, ({ sim, store, body, failure }) => {
        const disk = store.get(volumes, body.volumeId);
        if (disk?.status === "uploading") {
            store.change(volumes, disk.id, { status: disk.attachment ? "in-use" : "available" });
        }
        const isServerGone = body.serverId !== null && !store.get(servers, body.serverId);
        const problem = isServerGone
            ? imageSourceRules.serverMissing
            : disk
              ? undefined
              : imageSourceRules.diskUnavailable;
        endImage(sim, store, body, failure ?? problem);
    });
}
