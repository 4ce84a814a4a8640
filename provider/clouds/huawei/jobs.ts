import { z } from "zod";
import { optionalNumber, optionalText, text } from "../answerFields";
import { path, type Rest } from "./rest";

const subJob = z.object({
    status: optionalText,
    error_code: optionalText,
    fail_reason: optionalText,
    entities: z
        .object({ image_id: optionalText, image_name: optionalText, server_id: optionalText })
        .nullish()
        .catch(undefined),
});

const subJobs = z.array(subJob).nullish().catch(undefined);

// IMS, ECS and EVS use one form, with different entities (docs/reference/huawei-api.md#jobs).
const job = z
    .object({
        status: text.transform((status) => status.toUpperCase()),
        job_id: text,
        job_type: optionalText,
        begin_time: optionalText,
        end_time: optionalText,
        error_code: optionalText,
        fail_reason: optionalText,
        // A failed ECS job has its reason in code and message.
        code: optionalText,
        message: optionalText,
        entities: z
            .object({
                image_id: optionalText,
                image_name: optionalText,
                server_id: optionalText,
                volume_id: optionalText,
                process_percent: optionalNumber.catch(undefined),
                current_task: optionalText,
                sub_jobs_result: subJobs,
                sub_jobs: subJobs,
            })
            .nullish(),
    })
    .transform((found) => {
        const entities = found.entities;
        const parts = [...(entities?.sub_jobs_result ?? []), ...(entities?.sub_jobs ?? [])];
        const failed = parts.find((part) => part.status?.toUpperCase() === "FAIL");
        const servers = parts.flatMap((part) => part.entities?.server_id ?? []);
        return {
            jobId: found.job_id,
            /** "INIT", "RUNNING", "SUCCESS" or "FAIL". */
            status: found.status,
            jobType: found.job_type,
            beginTime: found.begin_time,
            /** Undefined while it runs. */
            endTime: found.end_time,
            errorCode: found.error_code ?? found.code ?? failed?.error_code,
            failReason: found.fail_reason ?? found.message ?? failed?.fail_reason,
            /** May be known while the job still runs. */
            imageId: entities?.image_id ?? parts.find((part) => part.entities?.image_id)?.entities?.image_id,
            imageName: entities?.image_name ?? parts.find((part) => part.entities?.image_name)?.entities?.image_name,
            serverIds: entities?.server_id ? [entities.server_id] : servers,
            volumeId: entities?.volume_id,
            /** 0 to 1; only some jobs report it. */
            progress: entities?.process_percent,
            currentTask: entities?.current_task,
        };
    });

export type HuaweiJob = z.output<typeof job>;

/** The answer of an operation that continues as a job. */
export const startedJob = z.object({ job_id: text }).transform(({ job_id }) => job_id);

/** The job query of IMS, ECS and EVS. */
export function jobQuery(rest: Rest) {
    return {
        /** A job of this service. A failed job is a result here, not an error. */
        job: (jobId: string): Promise<HuaweiJob> =>
            rest.ask({
                operation: "ShowJob",
                method: "GET",
                path: path`/v1/{project_id}/jobs/${jobId}`,
                answer: job,
                idempotent: true,
            }),
    };
}
