import { z } from "zod";
import { durationOf } from "../durations";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { task } from "../jobs/task";
import { refuse } from "../rules";
import { imageRequestRules } from "./imageRules";
import { ims } from "./service";
import { shareRules } from "./shareRules";
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

const report = task<{ results: readonly Result[] }>("huawei.members.finish", {
    done: () => undefined,
    results: ({ results }) => ({ results }),
});

export const declareMemberJobs = report.declare;

/** The change is immediate; the job that reports it takes its time. */
function reportAsJob(operation: Operation, type: string, results: readonly Result[]): Reply {
    const { sim, store } = operation;
    const order = { service: "ims", type, expectedMs: durationOf(sim, "memberJob") } as const;
    const jobId = report.begin({ sim, store, body: { results } }, order);
    operation.names(jobId);
    return ok({ job_id: jobId });
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
    // The documented example of this job has no results (OTC imsDelImageMembersJob).
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

/** Operations on shares of many images with many projects, as jobs. */
export const memberBatchRoutes: readonly Route[] = [
    { method: "POST", path, service: ims, operation: "AddMembers", handler: addMembers },
    { method: "PUT", path, service: ims, operation: "UpdateMembers", handler: answerMembers },
    { method: "DELETE", path, service: ims, operation: "DeleteMembers", handler: deleteMembers },
];
