import type { ErrorRule } from "../../core/errorRule";
import { kind } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import { occupy, release } from "./occupation";

export interface SubJob {
    readonly id: string;
    readonly type: string;
    readonly entities: Readonly<Record<string, unknown>>;
}

/** The job that a client polls after an asynchronous request. It can be queried for a day after it has ended. */
export interface Job {
    readonly id: string;
    readonly service: "ims" | "ecs" | "evs";
    readonly type: string;
    readonly status: "INIT" | "RUNNING" | "SUCCESS" | "FAIL";
    readonly beginAt: number;
    readonly endAt: number | null;
    /** For process_percent. */
    readonly expectedMs: number;
    readonly errorCode: string | null;
    readonly failReason: string | null;
    readonly entities: Readonly<Record<string, unknown>>;
    readonly subJobs: readonly SubJob[];
    /** The occupied servers and backups: no other task can begin on them. */
    readonly subjects: readonly string[];
    /** The job that this job is a part of. It ends with the last of its parts. */
    readonly parentId?: string;
}

/** One kind for all services: their job paths are the same on one port (docs/reference/huawei-api.md#projects). */
export const jobs = kind<Job>("huawei.job", { isRecord: true });

export type JobOrder = Pick<Job, "service" | "type" | "expectedMs"> &
    Partial<Pick<Job, "entities" | "subJobs" | "subjects" | "parentId">>;

/** The reason for a failed job: a rule, or a text such as "IMG.0182: insufficient vault capacity". */
export type Problem = string | ErrorRule;

/** Creates a job in status INIT. */
export function openJob(sim: Simulation, store: RegionStore, order: JobOrder): Job {
    const job: Job = {
        entities: {},
        subJobs: [],
        subjects: [],
        ...order,
        id: sim.ids.hex(),
        status: "INIT",
        beginAt: sim.clock.now(),
        endAt: null,
        errorCode: null,
        failReason: null,
    };
    store.put(jobs, job.id, job);
    for (const subject of job.subjects) occupy(store, subject, { id: job.id, service: job.service });
    return job;
}

export const isRunning = (job: Job): boolean => job.status === "INIT" || job.status === "RUNNING";

/** Starts a job. `entities` are added to the known ones. */
export function runJob(store: RegionStore, id: string, entities: Record<string, unknown> = {}): void {
    const job = store.get(jobs, id);
    if (job) store.put(jobs, id, { ...job, status: "RUNNING", entities: { ...job.entities, ...entities } });
}

/** The general error of each service, for failures without a code. */
const generalCodes = { ims: "IMG.0061", ecs: "Ecs.0000", evs: "EVS.2002" } as const;

/** Ends a job, successfully if there is no problem. Does nothing if the job has already ended. */
export function finishJob(
    sim: Simulation,
    store: RegionStore,
    id: string,
    problem: Problem | undefined,
    entities: Record<string, unknown> = {},
): void {
    const job = store.get(jobs, id);
    if (!job || !isRunning(job)) return;
    const ended: Job = { ...job, endAt: sim.clock.now(), entities: { ...job.entities, ...entities } };
    const end: Pick<Job, "status" | "errorCode" | "failReason"> =
        problem === undefined
            ? { status: "SUCCESS", errorCode: null, failReason: null }
            : { status: "FAIL", ...failureOf(problem, generalCodes[job.service]) };
    store.put(jobs, id, { ...ended, ...end });
    for (const subject of job.subjects) release(store, subject, id);
    if (job.parentId !== undefined) finishParent(sim, store, job.parentId);
}

/** The parts of a job, oldest first. */
export const partsOf = (store: RegionStore, id: string): Job[] =>
    store
        .where(jobs, "parentId", id)
        .slice()
        .map(({ value }) => value);

/** A job with parts fails with the first of its parts that failed. */
function finishParent(sim: Simulation, store: RegionStore, id: string): void {
    const parts = partsOf(store, id);
    if (parts.some(isRunning)) return;
    const failed = parts.find(({ status }) => status === "FAIL");
    finishJob(sim, store, id, failed && `${failed.errorCode}: ${failed.failReason}`);
}

function failureOf(problem: Problem, generalCode: string): Pick<Job, "errorCode" | "failReason"> {
    if (typeof problem !== "string") return { errorCode: problem.code, failReason: problem.message };
    const [, errorCode, failReason] = /^([A-Za-z]+\.\d+): ?(.*)$/s.exec(problem) ?? [];
    return errorCode && failReason !== undefined
        ? { errorCode, failReason }
        : { errorCode: generalCode, failReason: problem };
}
