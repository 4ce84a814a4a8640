import type { Shelf } from "../core/objects";
import { type Backup, backups, type GuestFacts, images, type OperatingSystem } from "./objects";
import type { Operation } from "./operation";
import { refuse } from "./rules";
import { serverRules } from "./serverRules";
import { findVisible, type VisibleImage } from "./visibleImages";

/** What ECS needs to know of an image to make a disk or a server from it. */
export interface BootableImage {
    readonly id: string;
    readonly name: string;
    readonly type: "gold" | "private" | "shared";
    readonly os: OperatingSystem;
    readonly guest: GuestFacts;
    readonly minDiskGiB: number;
    readonly minRamMiB: number;
    /** Behind a full-ECS image: where its data disks are. */
    readonly backup: Backup | undefined;
}

/** Pending shares do not exist for ECS; rejected ones can still be used (OTC, reference 2.9). */
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

/** The backup of a full-ECS image, which may lie with another account; it must hold at least its snapshots. */
function backupOf(ownerShelf: Shelf, backupId: string): Backup {
    const backup = ownerShelf.get(backups, backupId);
    if (!backup || backup.status === "deleting") throw refuse(serverRules.wholeBackupMissing, backupId);
    const isUsable = backup.status === "available" || backup.restoreMode === "snapshot";
    if (!isUsable) throw refuse(serverRules.wholeImageUnavailable, `(backup ${backupId}: ${backup.status})`);
    return backup;
}

/** Finds an image for a new server or system disk, or refuses as ECS does. */
export function bootableImage({ sim, shelf, project }: Operation, id: string): BootableImage {
    const visible = checkUsable(findVisible(sim, shelf, project, id), id);
    if (visible.relation === "gold") {
        return { ...visible.image, type: "gold", guest: {}, backup: undefined };
    }
    const { image } = visible;
    const owner = sim.registry.find("huawei", images, id);
    const backup = image.backupId && owner ? backupOf(sim.shelf(owner.scope), image.backupId) : undefined;
    return {
        id,
        name: image.name,
        type: visible.relation === "shared" ? "shared" : "private",
        os: image.os,
        guest: image.guest,
        minDiskGiB: image.minDiskGiB,
        minRamMiB: image.minRamMiB,
        backup,
    };
}

/** R5: until the upload ends only snapshots exist, and those serve one availability zone. */
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

/**
 * What the guest finds on a restored data disk (R2-R4). The cloud cannot see it and says nothing: volumes across disks
 * lose data, and Windows leaves disks offline unless its SAN policy is OnlineAll (seed).
 */
export function guestStateOfDataDisk(image: BootableImage): "healthy" | "offline" | "corrupt" {
    const { sanPolicy, volumesAcrossDisks } = image.guest;
    if (volumesAcrossDisks) return "corrupt";
    const isOffline = image.os.type === "Windows" && sanPolicy !== undefined && sanPolicy !== "OnlineAll";
    return isOffline ? "offline" : "healthy";
}
