import { kind } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import { finishJob, type JobOrder, openJob, type Problem, runJob } from "./jobs";

export interface TaskWork<Body> {
    readonly sim: Simulation;
    readonly store: RegionStore;
    readonly body: Body;
}

interface Ends<Body> {
    /** Makes the change; what it returns instead is why it could not. */
    readonly done: (work: TaskWork<Body>) => Problem | undefined;
    /** Puts back what the request has changed; also after `done` could not. */
    readonly failed?: (work: TaskWork<Body>) => void;
    /** What the job tells when it has ended well. */
    readonly results?: (body: Body) => Record<string, unknown>;
}

/** Work of one step behind a job that clients poll: accepted, running, and after its time done or failed. */
export interface Task<Body extends object> {
    /** Once, whenever a simulation opens. */
    declare(sim: Simulation): void;
    /** Accepts the work; its job takes `order.expectedMs`. @returns the job's id */
    begin(work: TaskWork<Body>, order: JobOrder): string;
}

/** @param name as the call log and faults know the step */
export function task<Body extends object>(name: string, { done, failed, results }: Ends<Body>): Task<Body> {
    const finish = kind<Body & { readonly jobId: string }>(name);
    return {
        declare(sim) {
            sim.onJob(finish, ({ sim, store, body, failure }) => {
                const problem = failure ?? done({ sim, store, body });
                if (problem !== undefined) failed?.({ sim, store, body });
                finishJob(sim, store, body.jobId, problem, problem === undefined ? results?.(body) : {});
            });
        },
        begin({ sim, store, body }, order) {
            const job = openJob(sim, store, order);
            runJob(store, job.id);
            // Flat, so that the call log and faults see the ids in it.
            sim.schedule(finish, store.scope, job.expectedMs, { ...body, jobId: job.id });
            return job.id;
        },
    };
}
