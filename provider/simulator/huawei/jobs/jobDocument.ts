import { inMilliseconds } from "../times";
import { isRunning, type Job } from "./jobs";

function times(job: Job) {
    // end_time is an empty string while the job is running (docs/reference/huawei-api.md#jobs).
    return {
        begin_time: inMilliseconds(job.beginAt),
        end_time: job.endAt === null ? "" : inMilliseconds(job.endAt),
    };
}

/** 0 to 1, and 1 only at the end. */
function progressOf(job: Job, now: number): number {
    if (job.status === "SUCCESS") return 1;
    const share = job.expectedMs === 0 ? 0 : (now - job.beginAt) / job.expectedMs;
    return Math.round(Math.min(0.99, Math.max(0, share)) * 100) / 100;
}

/** A job as its service returns it. A job for several images shows their ids only in its parts. */
export function jobDocument(job: Job, now: number, parts: readonly Job[] = []): Record<string, unknown> {
    return {
        status: job.status,
        job_id: job.id,
        job_type: job.type,
        ...times(job),
        error_code: job.errorCode,
        fail_reason: job.failReason,
        entities: job.service === "ims" ? { ...imageEntities(job, now), ...partEntities(parts) } : serverEntities(job),
    };
}

function partEntities(parts: readonly Job[]): Record<string, unknown> {
    if (parts.length === 0) return {};
    return {
        sub_jobs_result: parts.map((part) => ({
            status: part.status,
            job_id: part.id,
            job_type: part.type,
            ...times(part),
            error_code: part.errorCode,
            fail_reason: part.failReason,
            entities: { ...part.entities },
        })),
        sub_jobs_list: parts.map(({ id }) => id),
    };
}

/**
 * The image id appears when the image row exists, while the job is still running (docs/reference/huawei-api.md#jobs).
 */
function imageEntities(job: Job, now: number): Record<string, unknown> {
    const progress = isRunning(job) ? { process_percent: progressOf(job, now) } : {};
    const failure = job.status === "FAIL" ? { error_code: job.errorCode, error: job.failReason } : {};
    return { ...job.entities, ...progress, ...failure };
}

function serverEntities(job: Job): Record<string, unknown> {
    if (job.subJobs.length === 0) return { ...job.entities };
    return {
        ...job.entities,
        sub_jobs_total: job.subJobs.length,
        sub_jobs: job.subJobs.map((subJob) => ({
            status: job.status,
            job_id: subJob.id,
            job_type: subJob.type,
            ...times(job),
            error_code: job.errorCode,
            fail_reason: job.failReason,
            entities: {
                ...subJob.entities,
                ...(job.failReason === null ? {} : { errorcode_message: job.failReason }),
            },
        })),
    };
}

/** The progress format of GET /v1/cloudimages/job/{job_id}. */
export function jobProgressDocument(job: Job, now: number, parts: readonly Job[] = []): Record<string, unknown> {
    return {
        ...jobDocument(job, now),
        entities: {
            ...imageEntities(job, now),
            ...partEntities(parts),
            process_percent: progressOf(job, now),
            current_task: isRunning(job) ? `${job.type.replace(/^ims|Job$/g, "")}Task:` : "",
            subJobId: "",
        },
    };
}
