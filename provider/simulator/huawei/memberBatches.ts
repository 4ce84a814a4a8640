import { z } from "zod";
import { kind } from "../core/kinds";
import type { Simulation } from "../core/simulation";
import { durationOf } from "./durations";
import { imageRequestRules, shareRules } from "./imageRules";
import { beginJob, failJob, finishJob, runJob } from "./jobs";
import { type Operation, ok, type Reply, type Route } from "./operation";
import { refuse } from "./rules";
import { answerShare, share, unshare } from "./sharing";

const shares = z.object({ images: z.array(z.string()).min(1), projects: z.array(z.string()).min(1) });
const answers = z.object({
    images: z.array(z.string()).min(1),
    project_id: z.string(),
    status: z.enum(["accepted", "rejected"]),
    vault_id: z.string().optional(),
});

interface Result {
    readonly image_id: string;
    readonly project_id: string;
    readonly status: "success";
}

const finish = kind<{ jobId: string; results: readonly Result[] }>("huawei.members.finish");

export function declareMemberJobs(sim: Simulation): void {
    sim.onJob(finish, ({ sim, shelf, body: { jobId, results }, failure }) => {
        if (failure === undefined) finishJob(sim, shelf, jobId, { results });
        else failJob(sim, shelf, jobId, failure);
    });
}

/** The change is made at once; the job that tells of it takes its time. */
function reportAsJob(operation: Operation, type: string, results: readonly Result[]): Reply {
    const { sim, shelf, scope } = operation;
    const job = beginJob(sim, shelf, { service: "ims", type, expectedMs: durationOf(sim, "memberJob") });
    runJob(shelf, job.id);
    operation.names(job.id);
    sim.schedule(finish, scope, durationOf(sim, "memberJob"), { jobId: job.id, results });
    return ok({ job_id: job.id });
}

function pairs(images: readonly string[], projects: readonly string[]): Result[] {
    return images.flatMap((image_id) =>
        projects.map((project_id): Result => ({ image_id, project_id, status: "success" })),
    );
}

function addMembers(operation: Operation): Reply {
    const { images, projects } = operation.body(shares);
    operation.names(...images, ...projects);
    const results = pairs(images, projects);
    for (const { image_id, project_id } of results) share(operation, image_id, project_id);
    return reportAsJob(operation, "imsAddImageMembersJob", results);
}

function deleteMembers(operation: Operation): Reply {
    const { images, projects } = operation.body(shares);
    operation.names(...images, ...projects);
    for (const { image_id, project_id } of pairs(images, projects)) unshare(operation, image_id, project_id);
    // The example of this job has no results (OTC imsDelImageMembersJob).
    return reportAsJob(operation, "imsDelImageMembersJob", []);
}

function answerMembers(operation: Operation): Reply {
    const { images, project_id: projectId, status, vault_id } = operation.body(answers);
    operation.names(...images, projectId);
    if (projectId !== operation.project.id) throw refuse(imageRequestRules.projectMismatch, projectId);
    for (const imageId of images) {
        if (!answerShare(operation, imageId, status, vault_id)) throw refuse(shareRules.queryFailed, imageId);
    }
    return reportAsJob(operation, "imsUpdateImageMembersJob", pairs(images, [projectId]));
}

const path = "/v1/cloudimages/members";

/** Shares of many images with many projects, as jobs. */
export const memberBatchRoutes: readonly Route[] = [
    { method: "POST", path, service: "ims", operation: "AddMembers", handler: addMembers },
    { method: "PUT", path, service: "ims", operation: "UpdateMembers", handler: answerMembers },
    { method: "DELETE", path, service: "ims", operation: "DeleteMembers", handler: deleteMembers },
];
