import { z } from "zod";
import { durationOf } from "../durations";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { task } from "../jobs/task";
import { type ServerStatus, servers } from "../models/server";
import { isPowerChangeFatal } from "../powerDuringImage";
import { refuse } from "../rules";
import { checkFree, isBeingRead, ownServer } from "./ownServers";
import { serverRules } from "./serverRules";
import { ecs } from "./service";

/** The required and resulting statuses of a power operation. */
const powers = {
    "os-start": { from: "SHUTOFF", during: "SHUTOFF", to: "ACTIVE", task: "powering-on", type: "startServer" },
    "os-stop": { from: "ACTIVE", during: "ACTIVE", to: "SHUTOFF", task: "powering-off", type: "stopServer" },
    reboot: { from: "ACTIVE", during: "REBOOT", to: "ACTIVE", task: "rebooting", type: "rebootServer" },
} as const;

export type PowerName = keyof typeof powers;

const targets = z.object({ servers: z.array(z.object({ id: z.string() })).min(1), type: z.string().optional() });
const request = z.union([
    z.object({ "os-start": targets }).transform((body) => ({ name: "os-start" as const, ...body["os-start"] })),
    z.object({ "os-stop": targets }).transform((body) => ({ name: "os-stop" as const, ...body["os-stop"] })),
    z.object({ reboot: targets }).transform((body) => ({ name: "reboot" as const, ...body.reboot })),
]);

interface PowerWork {
    readonly serverIds: readonly string[];
    readonly before: ServerStatus;
    readonly after: ServerStatus;
}

const change = task<PowerWork>("huawei.server.power", {
    done({ store, body: { serverIds, after } }) {
        for (const id of serverIds) store.change(servers, id, { status: after, taskState: null });
        return undefined;
    },
    failed({ store, body: { serverIds, before } }) {
        for (const id of serverIds) store.change(servers, id, { status: before, taskState: null });
    },
});

export const declareServerPower = change.declare;

/**
 * While an image of the server is being created, a power operation is refused or makes the image's job fail, as the
 * world decides (docs/reference/full-ecs-images.md#during-creation).
 */
function check(operation: Operation, serverId: string, name: PowerName): void {
    const server = ownServer(operation, serverId);
    checkFree(operation, server);
    if (server.status !== powers[name].from) throw refuse(serverRules.state, `(${serverId}: ${server.status})`);
    if (isBeingRead(operation, serverId) && !isPowerChangeFatal(operation.sim)) {
        throw refuse(serverRules.state, `(${serverId}: an image or backup is being made)`);
    }
}

/** Begins to start, stop or reboot servers. @returns the job's id */
export function beginPower(operation: Operation, name: PowerName, wanted: readonly string[]): string {
    const { sim, store } = operation;
    const serverIds = [...new Set(wanted)];
    operation.names(...serverIds);
    for (const id of serverIds) check(operation, id, name);
    const { from, during, to, task: taskState, type } = powers[name];
    const jobId = change.begin(
        { sim, store, body: { serverIds, before: from, after: to } },
        {
            service: "ecs",
            type,
            expectedMs: durationOf(sim, "serverPower"),
            subJobs: serverIds.map((id) => ({ id: sim.ids.hex(), type, entities: { server_id: id } })),
            subjects: serverIds,
        },
    );
    operation.names(jobId);
    for (const id of serverIds) store.change(servers, id, { status: during, taskState });
    return jobId;
}

function act(operation: Operation): Reply {
    const { name, servers: wanted } = operation.body(request);
    const serverIds = wanted.map(({ id }) => id);
    return ok({ job_id: beginPower(operation, name, serverIds) });
}

export const serverPowerRoutes: readonly Route[] = [
    {
        method: "POST",
        path: "/v1/{project_id}/cloudservers/action",
        service: ecs,
        operation: "PowerServers",
        handler: act,
    },
];
