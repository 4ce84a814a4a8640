import { durationOf } from "../durations";
import { operation } from "../gateway/operation";
import { flag, id, oneOf, required } from "../gateway/parameters";
import { instanceOf, needStatus, regionOfInstance } from "./instanceLookup";
import { startInstance, stepInstance } from "./instanceSteps";
import { ecsInstanceKind } from "./models";

const onInstance = { InstanceId: required(id), DryRun: flag };

export const powerOperations = [
    operation({
        name: "StartInstance",
        locate: regionOfInstance,
        parameters: { ...onInstance, InitLocalDisk: flag },
        run: (caller, { InstanceId }) => {
            needStatus(instanceOf(caller, InstanceId), "Stopped");
            caller.store.change(ecsInstanceKind, InstanceId, { status: "Starting" });
            startInstance(caller.sim, caller.scope, InstanceId);
            return {};
        },
    }),
    operation({
        name: "StopInstance",
        locate: regionOfInstance,
        // Accepted and ignored: nothing in a simulated guest prevents a stop.
        parameters: {
            ...onInstance,
            ForceStop: flag,
            ConfirmStop: flag,
            Hibernate: flag,
            StoppedMode: oneOf(["KeepCharging", "StopCharging"]),
        },
        run: (caller, { InstanceId: instanceId }) => {
            needStatus(instanceOf(caller, instanceId), "Running");
            caller.store.change(ecsInstanceKind, instanceId, { status: "Stopping" });
            const after = durationOf(caller.sim, "ecsInstanceStop");
            stepInstance(caller.sim, caller.scope, after, { instanceId, status: "Stopped", otherwise: "Running" });
            return {};
        },
    }),
    operation({
        name: "RebootInstance",
        locate: regionOfInstance,
        parameters: { ...onInstance, ForceStop: flag },
        run: (caller, { InstanceId }) => {
            needStatus(instanceOf(caller, InstanceId), "Running");
            caller.store.change(ecsInstanceKind, InstanceId, { status: "Starting" });
            startInstance(caller.sim, caller.scope, InstanceId);
            return {};
        },
    }),
];
