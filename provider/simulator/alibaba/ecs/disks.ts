import { apiError } from "../../core/errorRule";
import type { Placed } from "../../core/kinds";
import { type Caller, operation } from "../gateway/operation";
import { flag, id, required } from "../gateway/parameters";
import { newId } from "../ids";
import { regionBy } from "../locations";
import { ecsRules } from "./ecsRules";
import { type EcsDisk, ecsDiskKind } from "./models";

export function disksOf(caller: Caller, instanceId: string): Placed<EcsDisk>[] {
    return caller.store.where(ecsDiskKind, "instanceId", instanceId).slice();
}

export function systemDiskOf(caller: Caller, instanceId: string): Placed<EcsDisk> | undefined {
    return disksOf(caller, instanceId).find(({ value }) => value.type === "system");
}

/** Creates the disk and returns its id. */
export function putDisk(caller: Caller, disk: Omit<EcsDisk, "createdAt" | "tags">): string {
    const diskId = newId(caller.sim, "d", caller.region);
    caller.store.put(ecsDiskKind, diskId, { ...disk, createdAt: caller.now, tags: [] });
    return diskId;
}

/** Deletes or keeps the disks of an instance that is deleted (DeleteInstance). */
export function releaseDisksOf(caller: Caller, instanceId: string): void {
    for (const { id: diskId, value } of disksOf(caller, instanceId)) {
        if (value.isReleasedWithInstance) caller.store.delete(ecsDiskKind, diskId);
        else caller.store.change(ecsDiskKind, diskId, { instanceId: "", device: "" });
    }
}

export const deleteDisk = operation({
    name: "DeleteDisk",
    locate: regionBy("DiskId", ecsDiskKind),
    parameters: { DiskId: required(id), DryRun: flag },
    run: (caller, { DiskId }) => {
        const disk = caller.store.get(ecsDiskKind, DiskId);
        if (!disk) throw apiError(ecsRules.unknownDisk);
        if (disk.instanceId !== "") throw apiError(ecsRules.diskInUse);
        caller.store.delete(ecsDiskKind, DiskId);
        return {};
    },
});
