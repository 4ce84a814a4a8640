import type { z } from "zod";
import { type BackupDisk, systemDiskOf } from "../models/backup";
import { type GuestState, guestStateOfDataDisk } from "../models/guest";
import { diskTypes } from "../models/volume";
import { refuse } from "../rules";
import type { BootableImage } from "./bootableImages";
import type { dataVolume, rootVolume } from "./serverRequest";
import { serverRules } from "./serverRules";

/** At most 59 data disks (docs/reference/huawei-servers.md#creating-servers). */
const maxDataDisks = 59;

/** A disk of a server to be created. */
export interface PlannedDisk {
    readonly type: string;
    readonly sizeGiB: number;
    readonly snapshotId: string | null;
    readonly deleteOnTermination: boolean;
    readonly multiattach: boolean;
    readonly guestState: GuestState;
    /** Smaller than its original, so that the restore fails. */
    readonly isTooSmall: boolean;
}

function checkType(type: string): string {
    if (!diskTypes.has(type)) throw refuse(serverRules.diskType, type);
    return type;
}

export function planSystemDisk(image: BootableImage, wanted: z.infer<typeof rootVolume>): PlannedDisk {
    // Missing or 0 means the image's own size (docs/reference/huawei-servers.md#creating-servers).
    const sizeGiB = wanted.size || image.minDiskGiB;
    if (sizeGiB < image.minDiskGiB || sizeGiB > 1024) {
        throw refuse(serverRules.systemDiskTooSmall, `(${sizeGiB} of ${image.minDiskGiB} to 1024)`);
    }
    const original = image.backup && systemDiskOf(image.backup);
    return {
        type: checkType(wanted.volumetype),
        sizeGiB,
        snapshotId: original?.snapshotId ?? null,
        deleteOnTermination: true,
        multiattach: false,
        guestState: "healthy",
        isTooSmall: false,
    };
}

type WantedDisk = z.infer<typeof dataVolume>;

/** A disk of the image, unchanged or as an entry of data_volumes changes it. */
function restored(image: BootableImage, original: BackupDisk, wanted: WantedDisk | undefined): PlannedDisk {
    const sizeGiB = wanted?.size || original.sizeGiB;
    return {
        type: checkType(wanted?.volumetype ?? original.volumeType),
        sizeGiB,
        snapshotId: original.snapshotId,
        deleteOnTermination: wanted?.delete_on_termination ?? false,
        multiattach: wanted?.multiattach ?? false,
        guestState: guestStateOfDataDisk(image.os, image.guest),
        isTooSmall: sizeGiB < original.sizeGiB,
    };
}

function blank(wanted: WantedDisk): PlannedDisk {
    const sizeGiB = wanted.size ?? 0;
    if (sizeGiB < 10 || sizeGiB > 32_768) throw refuse(serverRules.malformedBody, `(data_volumes.size ${sizeGiB})`);
    return {
        type: checkType(wanted.volumetype),
        sizeGiB,
        snapshotId: null,
        deleteOnTermination: wanted.delete_on_termination ?? false,
        multiattach: wanted.multiattach ?? false,
        guestState: "healthy",
        isTooSmall: false,
    };
}

/**
 * The data disks of a new server. All data disks of a full-ECS image are restored, whether or not the request names
 * them (seed). An entry with extendparam.snapshotId, which is a snapshot or an original volume, changes one of them.
 * Entries without it are additional blank disks.
 */
export function planDataDisks(image: BootableImage, wanted: readonly WantedDisk[]): PlannedDisk[] {
    const originals = image.backup?.disks.filter((disk) => !disk.bootable) ?? [];
    const isOf = (original: BackupDisk, entry: WantedDisk): boolean => {
        const id = entry.extendparam?.snapshotId;
        return id === original.snapshotId || id === original.volumeId;
    };
    for (const entry of wanted) {
        const id = entry.extendparam?.snapshotId;
        if (id && !originals.some((original) => isOf(original, entry))) throw refuse(serverRules.snapshotUnknown, id);
    }
    const planned = [
        ...originals.map((original) => {
            return restored(
                image,
                original,
                wanted.find((entry) => isOf(original, entry)),
            );
        }),
        ...wanted.filter((entry) => !entry.extendparam?.snapshotId).map(blank),
    ];
    if (planned.length > maxDataDisks) throw refuse(serverRules.tooManyDisks, `(${planned.length})`);
    return planned;
}
