import { apiError } from "../../core/errorRule";
import { operation } from "../gateway/operation";
import { flag, id, required, withDefault } from "../gateway/parameters";
import { releaseDisksOf } from "./disks";
import { ecsRules } from "./ecsRules";
import { instanceOf, needStatus, regionOfInstance } from "./instanceLookup";
import { ecsInstanceKind } from "./models";

export const deleteInstance = operation({
    name: "DeleteInstance",
    locate: regionOfInstance,
    parameters: {
        InstanceId: required(id),
        Force: withDefault(flag, false),
        // Accepted and ignored: nothing in a simulated guest prevents a stop.
        ForceStop: flag,
        TerminateSubscription: withDefault(flag, false),
        DryRun: flag,
    },
    run: (caller, { InstanceId, Force, TerminateSubscription }) => {
        const instance = instanceOf(caller, InstanceId);
        if (instance.isProtected) throw apiError(ecsRules.instanceProtected);
        if (instance.chargeType === "PrePaid" && !TerminateSubscription) throw apiError(ecsRules.instancePaidFor);
        if (!Force) needStatus(instance, "Stopped");
        releaseDisksOf(caller, InstanceId);
        caller.store.delete(ecsInstanceKind, InstanceId);
        return {};
    },
});
