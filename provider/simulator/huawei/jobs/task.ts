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
    /** Applies the change, or returns the reason why it cannot. */
    readonly done: (work: TaskWork<Body>) => Problem | undefined;
    /** Undoes the changes of the request, also after a problem in `done`. */
    readonly failed?: (work: TaskWork<Body>) => void;
    /** The entities of the job after success. */
    readonly results?: (body: Body) => Record<string, unknown>;
}

/** Work of one step with a job that clients poll: accepted, running, and then done or failed. */
export interface Task<Body extends object> {
    /** Called once each time a simulation is opened. */
    declare(sim: Simulation): void;
    /** Accepts the work. Its job takes `order.expectedMs`. @returns the job's id */
    begin(work: TaskWork<Body>, order: JobOrder): string;
}

/** @param name the step's name in the call log and in faults */
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
            // Flat, so that the call log and faults find its ids.
            sim.schedule(finish, store.scope, job.expectedMs, { ...body, jobId: job.id });
            return job.id;
        },
    };
}
