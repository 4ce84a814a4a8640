import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { jobDocument, jobProgressDocument } from "../jobs/jobDocument";
import { type Job, jobs, partsOf } from "../jobs/jobs";
import { refuse } from "../rules";
import { imageRequestRules } from "./imageRules";
import { ims } from "./service";

function find(operation: Operation): Job {
    const id = operation.param("job_id");
    const job = operation.store.get(jobs, id);
    if (!job) throw refuse(imageRequestRules.jobMissing, id);
    return job;
}

function documentBy(operation: Operation, document: typeof jobDocument): Reply {
    const job = find(operation);
    return ok(document(job, operation.now, job.service === "ims" ? partsOf(operation.store, job.id) : []));
}

/** Job queries: one path for images, servers and disks, because all services share a port. */
export const jobRoutes: readonly Route[] = [
    {
        method: "GET",
        path: "/v1/{project_id}/jobs/{job_id}",
        service: ims,
        operation: "ShowJob",
        isRead: true,
        handler: (operation) => documentBy(operation, jobDocument),
    },
    {
        method: "GET",
        path: "/v1/cloudimages/job/{job_id}",
        service: ims,
        operation: "ShowJobProgress",
        isRead: true,
        handler: (operation) => documentBy(operation, jobProgressDocument),
    },
];
