import { kind } from "../core/kinds";
import type { Simulation } from "../core/simulation";
import { durationOf } from "./durations";
import { draftOf, imageRequest } from "./imageRequests";
import { imageRules } from "./imageRules";
import { ownImage } from "./images";
import { beginJob, failJob, finishJob, runJob } from "./jobs";
import { images } from "./objects";
import { type Operation, ok, type Reply, type Route } from "./operation";
import { refuse } from "./rules";
import { activate } from "./wholeImageJobs";

const finish = kind<{ jobId: string; imageId: string }>("huawei.imageCopy.finish");

/** A copy inside the region; a full-ECS image has none (R11). */
function copyImage(operation: Operation): Reply {
    const { sim, shelf, scope, now } = operation;
    const source = ownImage(operation, operation.param("image_id"));
    if (source.isWhole) throw refuse(imageRules.wholeCopy, source.id);
    if (source.status !== "active") throw refuse(imageRules.unavailable, source.id);
    const draft = draftOf(sim, shelf, operation.body(imageRequest));
    const job = beginJob(sim, shelf, {
        service: "ims",
        type: "imsCopyImageInRegionJob",
        expectedMs: durationOf(sim, "imageCopy"),
        entities: { image_name: draft.name },
    });
    const imageId = sim.ids.uuid();
    operation.names(job.id, imageId);
    shelf.put(images, imageId, {
        ...source,
        id: imageId,
        name: draft.name,
        status: "saving",
        isProtected: false,
        enterpriseProjectId: draft.enterpriseProjectId,
        dataOrigin: `image,${scope.region},${source.id}`,
        originalImageId: source.id,
        attributes: { ...source.attributes, ...draft.attributes },
        tags: draft.tags,
        createdAt: now,
        updatedAt: now,
        activeAt: null,
        jobId: job.id,
    });
    runJob(shelf, job.id, { image_id: imageId });
    sim.schedule(finish, scope, durationOf(sim, "imageCopy"), { jobId: job.id, imageId });
    return ok({ job_id: job.id });
}

export function declareImageCopies(sim: Simulation): void {
    sim.onJob(finish, ({ sim, shelf, body: { jobId, imageId }, failure }) => {
        if (failure === undefined) {
            activate(sim, shelf, imageId);
            return finishJob(sim, shelf, jobId);
        }
        shelf.change(images, imageId, { status: "killed", updatedAt: sim.clock.now() });
        failJob(sim, shelf, jobId, failure);
    });
}

export const imageCopyRoutes: readonly Route[] = ["v1", "v2.1"].map((version) => ({
    method: "POST",
    path: `/${version}/cloudimages/{image_id}/copy`,
    service: "ims",
    operation: "CopyImageInRegion",
    handler: copyImage,
}));
