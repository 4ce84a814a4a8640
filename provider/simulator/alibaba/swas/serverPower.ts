import { apiError } from "../../core/errorRule";
import { durationOf } from "../durations";
import { type Caller, operation } from "../gateway/operation";
import { flag, jsonList, required, text } from "../gateway/parameters";
import { disksOf, onServer, regionOfServer, regionOfServers, requireStatus, serverOf } from "./lookup";
import { serverKind } from "./models";
import { startServer, stepServer } from "./serverSteps";
import { swasRules } from "./swasRules";

function start(caller: Caller, serverId: string): void {
    requireStatus(serverOf(caller, serverId), "Stopped");
    const busy = disksOf(caller, serverId).find(({ value }) => value.isRollingBack);
    if (busy) throw apiError(swasRules.diskRollingBack, { diskId: busy.id });
    caller.store.change(serverKind, serverId, { status: "Starting" });
    startServer(caller.sim, caller.scope, serverId);
}

function stop(caller: Caller, serverId: string): void {
    requireStatus(serverOf(caller, serverId), "Running");
    caller.store.change(serverKind, serverId, { status: "Stopping" });
    const after = durationOf(caller.sim, "serverStop");
    stepServer(caller.sim, caller.scope, after, { serverId, status: "Stopped", otherwise: "Running" });
}

function reboot(caller: Caller, serverId: string): void {
    requireStatus(serverOf(caller, serverId), "Running");
    caller.store.change(serverKind, serverId, { status: "Starting" });
    startServer(caller.sim, caller.scope, serverId);
}

type Move = (caller: Caller, serverId: string) => void;

function one(name: string, move: Move) {
    return operation({
        name,
        locate: regionOfServer,
        parameters: onServer,
        run: (caller, { InstanceId }) => {
            move(caller, InstanceId);
            return {};
        },
    });
}

/** Changes all servers or none: an error for one server undoes the others. */
function many(name: string, move: Move, options: Readonly<Record<string, typeof flag>> = {}) {
    return operation({
        name,
        locate: regionOfServers,
        parameters: {
            RegionId: required(text()),
            InstanceIds: required(jsonList({ max: 100, isId: true })),
            ...options,
        },
        run: (caller, { InstanceIds }) => {
            for (const serverId of new Set(InstanceIds)) move(caller, serverId);
            return {};
        },
    });
}

export const powerOperations = [
    one("StartInstance", start),
    one("StopInstance", stop),
    one("RebootInstance", reboot),
    many("StartInstances", start),
    // Force makes no difference: nothing in a simulated guest prevents a stop.
    many("StopInstances", stop, { ForceStop: flag }),
    many("RebootInstances", reboot, { ForceReboot: flag }),
];
