import { kind } from "../../core/kinds";
import type { Shelf } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { servers } from "../holdings/server";
import { volumes } from "../holdings/volume";
import { openJob, type Problem, runJob, settleJob } from "../jobs/jobs";
import { serverAppearsAfter } from "../serverAppearance";
import { hideFromLists, hideFromLookups, listLater, showLater } from "../visibility";
import type { NewServer } from "./newServers";
import { serverRules } from "./serverRules";

interface Creation {
    readonly jobId: string;
    readonly planned: readonly NewServer[];
    readonly willFail: boolean;
    /** From the job's running to the servers' appearance, and from there to their being done. */
    readonly hiddenMs: number;
    readonly buildMs: number;
}

/** The job gets going; the servers still answer 404. */
const begin = kind<Creation>("huawei.server.create.begin");
/** The servers appear, in BUILD. */
const appear = kind<Creation>("huawei.server.create.appear");
const finish = kind<Creation>("huawei.server.create.finish");

/** @returns the job's id */
export function beginCreation(
    sim: Simulation,
    shelf: Shelf,
    { planned, willFail }: Pick<Creation, "planned" | "willFail">,
    totalMs: number,
): string {
    const serverIds = planned.map(({ server }) => server.id);
    const job = openJob(sim, shelf, {
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
    sim.schedule(begin, shelf.scope, beginMs, work);
    return job.id;
}

export function declareServerCreation(sim: Simulation): void {
    sim.onJob(begin, ({ sim, shelf, body, failure }) => {
        if (failure !== undefined) return settleJob(sim, shelf, body.jobId, failure);
        runJob(shelf, body.jobId);
        sim.schedule(appear, shelf.scope, body.hiddenMs, body);
    });
    sim.onJob(appear, ({ sim, shelf, body, failure }) => {
        if (failure !== undefined) return settleJob(sim, shelf, body.jobId, failure);
        for (const { server, volumes: disks } of body.planned) {
            shelf.put(servers, server.id, { ...server, status: "BUILD", taskState: "spawning" });
            hideFromLists(sim, shelf, server.id);
            hideFromLookups(sim, shelf, server.id);
            for (const disk of disks) shelf.put(volumes, disk.id, { ...disk, status: "downloading" });
        }
        sim.schedule(finish, shelf.scope, body.buildMs, body);
    });
    sim.onJob(finish, ({ sim, shelf, body, failure }) => {
        const problem = failure ?? (body.willFail ? serverRules.restoreFailed : undefined);
        for (const one of body.planned) {
            end(shelf, one, problem);
            listLater(sim, shelf, one.server.id);
            showLater(sim, shelf, one.server.id);
        }
        settleJob(sim, shelf, body.jobId, problem);
    });
}

/** A failed creation is rolled back: neither server nor disks stay. */
function end(shelf: Shelf, { server, volumes: disks }: NewServer, problem: Problem | undefined): void {
    if (problem !== undefined) {
        shelf.delete(servers, server.id);
        for (const disk of disks) shelf.delete(volumes, disk.id);
        return;
    }
    // Name, description and tags may have been changed since the server appeared.
    shelf.change(servers, server.id, { status: "ACTIVE", taskState: null });
    for (const disk of disks) shelf.change(volumes, disk.id, { status: "in-use" });
}
