import { kind } from "../core/kinds";
import type { Simulation } from "../core/simulation";
import { failJob, finishJob, runJob } from "./jobs";
import { type Server, servers, type Volume, volumes } from "./objects";
import { serverRules } from "./serverRules";

/** A server as it will be, with its disks. */
export interface NewServer {
    readonly server: Server;
    readonly volumes: readonly Volume[];
}

interface Creation {
    readonly jobId: string;
    readonly planned: readonly NewServer[];
    readonly willFail: boolean;
    readonly remainingMs: number;
}

/** The servers appear, in BUILD; before that they answer 404. */
export const creationBegin = kind<Creation>("huawei.server.create.begin");
const creationFinish = kind<Creation>("huawei.server.create.finish");

export function declareServerCreation(sim: Simulation): void {
    sim.onJob(creationBegin, ({ sim, shelf, body, failure }) => {
        if (failure !== undefined) return failJob(sim, shelf, body.jobId, failure);
        runJob(shelf, body.jobId);
        for (const { server, volumes: disks } of body.planned) {
            shelf.put(servers, server.id, { ...server, status: "BUILD", taskState: "spawning" });
            for (const disk of disks) shelf.put(volumes, disk.id, { ...disk, status: "downloading" });
        }
        sim.schedule(creationFinish, shelf.scope, body.remainingMs, body);
    });
    sim.onJob(creationFinish, ({ sim, shelf, body, failure }) => {
        const problem = failure ?? (body.willFail ? serverRules.restoreFailed : undefined);
        for (const { server, volumes: disks } of body.planned) {
            // A failed creation is rolled back: neither server nor disks stay.
            if (problem !== undefined) {
                shelf.delete(servers, server.id);
                for (const disk of disks) shelf.delete(volumes, disk.id);
            } else {
                shelf.put(servers, server.id, server);
                for (const disk of disks) shelf.put(volumes, disk.id, disk);
            }
        }
        if (problem === undefined) finishJob(sim, shelf, body.jobId);
        else failJob(sim, shelf, body.jobId, problem);
    });
}
