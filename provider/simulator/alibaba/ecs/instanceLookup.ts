import { apiError } from "../../core/errorRule";
import type { Caller } from "../gateway/operation";
import { regionBy } from "../locations";
import { ecsRules } from "./ecsRules";
import { type EcsInstance, ecsInstanceKind, ecsSnapshotKind } from "./models";

export const regionOfInstance = regionBy("InstanceId", ecsInstanceKind);
export const regionOfSnapshot = regionBy("SnapshotId", ecsSnapshotKind);

export function instanceOf(caller: Caller, instanceId: string): EcsInstance {
    const instance = caller.store.get(ecsInstanceKind, instanceId);
    if (!instance) throw apiError(ecsRules.unknownInstance);
    return instance;
}

export function needStatus(instance: EcsInstance, status: EcsInstance["status"]): void {
    if (instance.status !== status) throw apiError(ecsRules.wrongInstanceStatus);
}
