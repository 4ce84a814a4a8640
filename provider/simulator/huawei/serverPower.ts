import { z } from "zod";
import { kind } from "../core/kinds";
import type { Simulation } from "../core/simulation";
import { disksOf } from "./attachments";
import { durationOf } from "./durations";
import { beginJob, failJob, finishJob, runJob, runningOn } from "./jobs";
import { type ServerStatus, servers } from "./objects";
import { type Operation, ok, type Reply, type Route } from "./operation";
import { isPowerChangeFatal } from "./powerDuringImage";
import { refuse } from "./rules";
import { serverRules } from "./serverRules";
import { ownServer } from "./servers";

/** What a power operation needs and leaves. */
const powers = {
    "os-start": { from: "SHUTOFF", meanwhile: "SHUTOFF", to: "ACTIVE", task: "powering-on", type: "startServer" },
    "os-stop": { from: "ACTIVE", meanwhile: "ACTIVE", to: "SHUTOFF", task: "powering-off", type: "stopServer" },
    reboot: { from: "ACTIVE", meanwhile: "REBOOT", to: "ACTIVE", task: "rebooting", type: "rebootServer" },
} as const;

type PowerName = keyof typeof powers;

const targets = z.object({ servers: z.array(z.object({ id: z.string() })).min(1), type: z.string().optional() });
const request = z.union([
    z.object({ "os-start": targets }).transform((body) => ({ name: "os-start" as const, ...body["os-start"] })),
    z.object({ "os-stop": targets }).transform((body) => ({ name: "os-stop" as const, ...body["os-stop"] })),
    z.object({ reboot: targets }).transform((body) => ({ name: "reboot" as const, ...body.reboot })),
]);
const nativeRequest = z.union([
    z.object({ "os-start": z.unknown() }).transform(() => "os-start" as const),
    z.object({ "os-stop": z.unknown() }).transform(() => "os-stop" as const),
]);

interface PowerWork {
    readonly jobId: string;
    readonly serverIds: readonly string[];
    readonly before: ServerStatus;
    readonly after: ServerStatus;
}

const finish = kind<PowerWork>("huawei.server.power");

export function declareServerPower(sim: Simulation): void {
    sim.onJob(finish, ({ sim, shelf, body: { jobId, serverIds, before, after }, failure }) => {
        for (const id of serverIds) {
            shelf.change(servers, id, { status: failure === undefined ? after : before, taskState: null });
        }
        if (failure === undefined) finishJob(sim, shelf, jobId);
        else failJob(sim, shelf, jobId, failure);
    });
}

/** R6: while an image is made the server is left alone, or else the image's job fails, as the world says. */
function check(operation: Operation, serverId: string, name: PowerName): void {
    const { sim, shelf } = operation;
    const server = ownServer(operation, serverId);
    const isBusy = server.taskState !== null || runningOn(shelf, serverId, "ecs").length > 0;
    if (isBusy || server.status !== powers[name].from) {
        throw refuse(serverRules.state, `(${serverId}: ${server.taskState ?? server.status})`);
    }
    const isBeingRead =
        runningOn(shelf, serverId, "ims").length > 0 ||
        disksOf(shelf, serverId).some(({ status }) => status === "backing-up" || status === "uploading");
    if (isBeingRead && !isPowerChangeFatal(sim)) {
        throw refuse(serverRules.state, `(${serverId}: an image or backup is being made)`);
    }
}

function begin(operation: Operation, name: PowerName, serverIds: readonly string[]): string {
    const { sim, shelf, scope } = operation;
    operation.names(...serverIds);
    for (const id of serverIds) check(operation, id, name);
    const { from, meanwhile, to, task, type } = powers[name];
    const job = beginJob(sim, shelf, {
        service: "ecs",
        type,
        expectedMs: durationOf(sim, "serverPower"),
        subJobs: serverIds.map((id) => ({ id: sim.ids.hex(), type, entities: { server_id: id } })),
        subjects: serverIds,
    });
    runJob(shelf, job.id);
    operation.names(job.id);
    for (const id of serverIds) shelf.change(servers, id, { status: meanwhile, taskState: task });
    sim.schedule(finish, scope, durationOf(sim, "serverPower"), { jobId: job.id, serverIds, before: from, after: to });
    return job.id;
}

function act(operation: Operation): Reply {
    const { name, servers: wanted } = operation.body(request);
    return ok({
        job_id: begin(
            operation,
            name,
            wanted.map(({ id }) => id),
        ),
    });
}

function actNative(operation: Operation): Reply {
    begin(operation, operation.body(nativeRequest), [operation.param("server_id")]);
    return { status: 202 };
}

export const serverPowerRoutes: readonly Route[] = [
    {
        method: "POST",
        path: "/v1/{project_id}/cloudservers/action",
        service: "ecs",
        operation: "PowerServers",
        handler: act,
    },
    {
        method: "POST",
        path: "/v2.1/{project_id}/servers/{server_id}/action",
        service: "ecs",
        operation: "NovaPowerServer",
        handler: actNative,
    },
];
