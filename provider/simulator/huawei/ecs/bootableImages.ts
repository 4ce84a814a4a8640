import type { RegionStore } from "../../core/objects";
import type { Operation } from "../gateway/operation";
import { type Backup, backups, isRestorable, systemDiskOf } from "../models/backup";
import type { GuestFacts, OperatingSystem } from "../models/guest";
import { images } from "../models/image";
import { findVisible, type VisibleImage } from "../models/visibleImages";
import { refuse } from "../rules";
import { serverRules } from "./serverRules";

/** The properties of an image for the creation of a disk or server. */
export interface BootableImage {
    readonly id: string;
    readonly name: string;
    readonly type: "gold" | "private" | "shared";
    readonly os: OperatingSystem;
    readonly guest: GuestFacts;
    /** At least the size of the system disk in the image or its backup. */
    readonly minDiskGiB: number;
    readonly minRamMiB: number;
    /** The backup of a full-ECS image, which contains its data disks. */
    readonly backup: Backup | undefined;
}

/** ECS does not see pending shares. Rejected shares can still be used (docs/reference/ims.md#shared-images). */
function checkUsable(visible: VisibleImage | undefined, id: string): VisibleImage {
    if (!visible) throw refuse(serverRules.imageMissing, id);
    if (visible.relation === "shared" && visible.member.status === "pending") {
        throw refuse(serverRules.imageNotAccepted, id);
    }
    if (visible.relation !== "gold") {
        if (visible.image.status === "deleted") throw refuse(serverRules.imageMissing, id);
        if (visible.image.status !== "active")
            throw refuse(serverRules.imageNotActive, `(${id}: ${visible.image.status})`);
    }
    return visible;
}

/** The backup of a full-ECS image, which can belong to another account. At least its snapshots must be complete. */
function backupOf(ownerStore: RegionStore, backupId: string): Backup {
    const backup = ownerStore.get(backups, backupId);
    if (!backup || backup.status === "deleting") throw refuse(serverRules.wholeBackupMissing, backupId);
    if (!isRestorable(backup))
        throw refuse(serverRules.wholeImageUnavailable, `(backup ${backupId}: ${backup.status})`);
    return backup;
}

/** Finds an image for a new server or system disk. @throws ApiError as ECS does */
export function bootableImage(operation: Operation, id: string): BootableImage {
    const visible = checkUsable(findVisible(operation, id), id);
    if (visible.relation === "gold") {
        return { ...visible.image, type: "gold", guest: {}, backup: undefined };
    }
    const { image } = visible;
    if (image.attributes.virtual_env_type === "DataImage") throw refuse(serverRules.dataImage, id);
    const { sim } = operation;
    const owner = sim.registry.find("huawei", images, id);
    const backup = image.backupId && owner ? backupOf(sim.store(owner.scope), image.backupId) : undefined;
    return {
        id,
        name: image.name,
        type: visible.relation === "shared" ? "shared" : "private",
        os: image.os,
        guest: image.guest,
        minDiskGiB: Math.max(image.minDiskGiB, (backup && systemDiskOf(backup)?.sizeGiB) ?? image.systemDiskGiB),
        minRamMiB: image.minRamMiB,
        backup,
    };
}

/**
 * Until the upload completes, only snapshots exist, and they can be used in one availability zone
 * (docs/reference/full-ecs-images.md#availability).
 */
export function zoneFor(image: BootableImage, wanted: string | undefined, region: string): string {
    const { backup } = image;
    const onlyIn = backup && backup.status !== "available" ? backup.availabilityZone : undefined;
    if (wanted === undefined || wanted === "") return onlyIn ?? backup?.availabilityZone ?? `${region}-01`;
    if (!wanted.startsWith(region) || wanted === region) throw refuse(serverRules.zoneUnknown, wanted);
    if (onlyIn !== undefined && wanted !== onlyIn) {
        throw refuse(serverRules.wholeImageInAnotherZone, `(${onlyIn}, not ${wanted})`);
    }
    return wanted;
}
