import { kind } from "../core/kinds";
import type { Shelf } from "../core/objects";
import type { Simulation } from "../core/simulation";
import type { Rule } from "./rules";

export interface SubJob {
    readonly id: string;
    readonly type: string;
    readonly entities: Readonly<Record<string, unknown>>;
}

/** What a client polls after an asynchronous request; kept queryable when it has ended. */
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
    /** The servers and backups at work: nothing else may be begun on them. */
    readonly subjects: readonly string[];
}

/** One store for all services: their job paths are the same on one port (reference 1.1). */
export const jobs = kind<Job>("huawei.job", { isRecord: true });

/** Begins a job in status INIT. */
export function beginJob(
    sim: Simulation,
    shelf: Shelf,
    job: Pick<Job, "service" | "type" | "expectedMs"> & Partial<Pick<Job, "entities" | "subJobs" | "subjects">>,
): Job {
    const begun: Job = {
        entities: {},
        subJobs: [],
        subjects: [],
        ...job,
        id: sim.ids.hex(),
        status: "INIT",
        beginAt: sim.clock.now(),
        endAt: null,
        errorCode: null,
        failReason: null,
    };
    shelf.put(jobs, begun.id, begun);
    return begun;
}

/** Changes a job that has not ended; `entities` are added to those known. */
export function runJob(shelf: Shelf, id: string, entities: Record<string, unknown> = {}): void {
    const job = shelf.get(jobs, id);
    if (job) shelf.put(jobs, id, { ...job, status: "RUNNING", entities: { ...job.entities, ...entities } });
}

/** Ends a job well; nothing happens when it has ended before. */
export function finishJob(sim: Simulation, shelf: Shelf, id: string, entities: Record<string, unknown> = {}): void {
    const job = shelf.get(jobs, id);
    if (!job || !isRunning(job)) return;
    shelf.put(jobs, id, {
        ...job,
        status: "SUCCESS",
        endAt: sim.clock.now(),
        entities: { ...job.entities, ...entities },
    });
}

/** What a job without a code in its failure gets: the services' general errors. */
const generalCodes = { ims: "IMG.0061", ecs: "Ecs.0000", evs: "EVS.2002" } as const;

/** Ends a job badly. `failure` is a rule, or a text such as "IMG.0182: insufficient vault capacity". */
export function failJob(sim: Simulation, shelf: Shelf, id: string, failure: string | Rule): void {
    const job = shelf.get(jobs, id);
    if (!job || !isRunning(job)) return;
    const [errorCode, failReason] =
        typeof failure === "string" ? readFailure(failure, generalCodes[job.service]) : [failure.code, failure.message];
    shelf.put(jobs, id, { ...job, status: "FAIL", endAt: sim.clock.now(), errorCode, failReason });
}

function readFailure(text: string, generalCode: string): readonly [code: string, reason: string] {
    const [, code, reason] = /^([A-Za-z]+\.\d+): ?(.*)$/s.exec(text) ?? [];
    return code && reason !== undefined ? [code, reason] : [generalCode, text];
}

export const isRunning = (job: Job): boolean => job.status === "INIT" || job.status === "RUNNING";

/** The unfinished jobs of one service that work on this server or backup. */
export function runningOn(shelf: Shelf, subject: string, service?: Job["service"]): Job[] {
    return shelf
        .list(jobs)
        .map(({ value }) => value)
        .filter((job) => isRunning(job) && job.subjects.includes(subject) && (!service || job.service === service));
}
