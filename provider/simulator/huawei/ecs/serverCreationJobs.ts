import { kind } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { finishJob, openJob, type Problem, runJob } from "../jobs/jobs";
import { servers } from "../models/server";
import { volumes } from "../models/volume";
import { serverAppearsAfter } from "../serverAppearance";
import { hideFromLists, hideFromLookups, listLater, showLater } from "../visibility";
import type { NewServer } from "./newServers";
import { serverRules } from "./serverRules";

interface Creation {
    readonly jobId: string;
    readonly planned: readonly NewServer[];
    readonly willFail: boolean;
    /** The time between the start of the job and the appearance of the servers, and from there to their completion. */
    readonly hiddenMs: number;
    readonly buildMs: number;
}

/** The job starts. The servers still answer 404. */
const begin = kind<Creation>("huawei.server.create.begin");
/** The servers appear with status BUILD. */
const appear = kind<Creation>("huawei.server.create.appear");
const finish = kind<Creation>("huawei.server.create.finish");

/** @returns the job's id */
export function beginCreation(
    sim: Simulation,
    store: RegionStore,
    { planned, willFail }: Pick<Creation, "planned" | "willFail">,
    totalMs: number,
): string {
    const serverIds = planned.map(({ server }) => server.id);
    const job = openJob(sim, store, {
        service: "ecs",
        type: "createServer",
        expectedMs: totalMs,
        subJobs: serverIds.map((id) => ({
            id: sim.ids.hex(),
            type: "createSingleServer",
            entities: { server_id: id },
        })),
        subjects: serverIds,
    });
    const beginMs = Math.min(durationOf(sim, "serverBegin"), totalMs);
    const appearMs = Math.max(beginMs, totalMs * serverAppearsAfter(sim));
    const work = { jobId: job.id, planned, willFail, hiddenMs: appearMs - beginMs, buildMs: totalMs - appearMs };
    sim.schedule(begin, store.scope, beginMs, work);
    return job.id;
}

export function declareServerCreation(sim: Simulation): void {
    sim.onJob(begin, ({ sim, store, body, failure }) => {
        if (failure !== undefined) return finishJob(sim, store, body.jobId, failure);
        runJob(store, body.jobId);
        sim.schedule(appear, store.scope, body.hiddenMs, body);
    });
    sim.onJob(appear, ({ sim, store, body, failure }) => {
        if (failure !== undefined) return finishJob(sim, store, body.jobId, failure);
        for (const { server, volumes: disks } of body.planned) {
            store.put(servers, server.id, { ...server, status: "BUILD", taskState: "spawning" });
            hideFromLists(sim, store, server.id);
            hideFromLookups(sim, store, server.id);
            for (const disk of disks) store.put(volumes, disk.id, { ...disk, status: "downloading" });
        }
        sim.schedule(finish, store.scope, body.buildMs, body);
    });
    sim.onJob(finish, ({ sim, store, body, failure }) => {
        const problem = failure ?? (body.willFail ? serverRules.restoreFailed : undefined);
        for (const one of body.planned) {
            end(store, one, problem);
            listLater(sim, store, one.server.id);
            showLater(sim, store, one.server.id);
        }
        finishJob(sim, store, body.jobId, problem);
    });
}

/** A failed creation is rolled back: servers and disks are deleted. */
function end(store: RegionStore, { server, volumes: disks }: NewServer, problem: Problem | undefined): void {
    if (problem !== undefined) {
        store.delete(servers, server.id);
        for (const disk of disks) store.delete(volumes, disk.id);
        return;
    }
    // Name, description and tags can have been changed since the server appeared.
    store.change(servers, server.id, { status: "ACTIVE", taskState: null });
    for (const disk of disks) store.change(volumes, disk.id, { status: "in-use" });
}
