import type { Kind } from "../../core/kinds";
import type { Caller, Locate } from "../gateway/operation";
import { refusal } from "../rule";
import { ecsRules } from "./ecsRules";
import { type EcsInstance, ecsInstanceKind, ecsSnapshotKind } from "./holdings";

/** These operations have no RegionId: in the cloud the endpoint says it, here the caller's own object does. */
function regionBy<T>(parameter: string, kind: Kind<T>): Locate {
    return (sim, account, given) => {
        const found = sim.registry.find("alibaba", kind, given.get(parameter) ?? "");
        return found?.scope.account === account ? found.scope.region : undefined;
    };
}

export const regionOfInstance = regionBy("InstanceId", ecsInstanceKind);
export const regionOfSnapshot = regionBy("SnapshotId", ecsSnapshotKind);

export function instanceOf(caller: Caller, instanceId: string): EcsInstance {
    const instance = caller.shelf.get(ecsInstanceKind, instanceId);
    if (!instance) throw refusal(ecsRules.unknownInstance);
    return instance;
}

export function needStatus(instance: EcsInstance, status: EcsInstance["status"]): void {
    if (instance.status !== status) throw refusal(ecsRules.wrongInstanceStatus);
}
