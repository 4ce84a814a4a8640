import { durationOf } from "../durations";
import { type Caller, operation } from "../gateway/operation";
import { id, required, text } from "../gateway/parameters";
import { type Server, serverKind } from "./holdings";
import { needStatus, serverOf } from "./lookup";
import { serverStep } from "./servers";

const server = { RegionId: required(text()), InstanceId: required(id) };

/** From one state through a passing one to the next. */
function move(caller: Caller, serverId: string, passing: Server["status"], next: Server["status"], ms: number) {
    caller.shelf.change(serverKind, serverId, { status: passing });
    caller.sim.schedule(serverStep, caller.scope, ms, { serverId, status: next });
    return {};
}

export const powerOperations = [
    operation({
        name: "StartInstance",
        parameters: server,
        run: (caller, { InstanceId }) => {
            needStatus(serverOf(caller, InstanceId), "Stopped");
            return move(caller, InstanceId, "Starting", "Running", durationOf(caller.sim, "serverStart"));
        },
    }),
    operation({
        name: "StopInstance",
        parameters: server,
        run: (caller, { InstanceId }) => {
            needStatus(serverOf(caller, InstanceId), "Running");
            return move(caller, InstanceId, "Stopping", "Stopped", durationOf(caller.sim, "serverStop"));
        },
    }),
    operation({
        name: "RebootInstance",
        parameters: server,
        run: (caller, { InstanceId }) => {
            needStatus(serverOf(caller, InstanceId), "Running");
            return move(caller, InstanceId, "Starting", "Running", durationOf(caller.sim, "serverStart"));
        },
    }),
    operation({
        name: "UpdateInstanceAttribute",
        parameters: {
            ...server,
            InstanceName: text({ pattern: /^[A-Za-z0-9][\w.-]{1,49}$/ }),
            // Checked for its length, and not kept.
            Password: text({ pattern: /^.{8,30}$/ }),
        },
        run: (caller, { InstanceId, InstanceName }) => {
            serverOf(caller, InstanceId);
            if (InstanceName !== undefined) caller.shelf.change(serverKind, InstanceId, { name: InstanceName });
            return {};
        },
    }),
];
