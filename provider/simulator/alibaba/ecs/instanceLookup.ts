import { refusal } from "../../core/rule";
import type { Caller } from "../gateway/operation";
import { regionBy } from "../locations";
import { ecsRules } from "./ecsRules";
import { type EcsInstance, ecsInstanceKind, ecsSnapshotKind } from "./holdings";

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
