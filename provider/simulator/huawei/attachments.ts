import type { Shelf } from "../core/objects";
import { type Attachment, type Volume, volumes } from "./objects";

/** A volume that is attached. */
export interface AttachedVolume extends Volume {
    readonly attachment: Attachment;
}

function isAttachedTo(volume: Volume, serverId: string): volume is AttachedVolume {
    return volume.attachment?.serverId === serverId;
}

/** The disks of a server, the system disk first. */
export function disksOf(shelf: Shelf, serverId: string): AttachedVolume[] {
    return shelf
        .list(volumes)
        .flatMap(({ value }) => (isAttachedTo(value, serverId) ? [value] : []))
        .sort((a, b) => a.attachment.bootIndex - b.attachment.bootIndex);
}

export const totalSizeGiB = (disks: readonly { sizeGiB: number }[]): number =>
    disks.reduce((sum, disk) => sum + disk.sizeGiB, 0);

/** "/dev/vda" for 0, "/dev/vdb" for 1; after "/dev/vdz" comes "/dev/vdaa". */
export function deviceName(index: number): string {
    const letter = (position: number) => String.fromCharCode("a".charCodeAt(0) + position);
    return index < 26 ? `/dev/vd${letter(index)}` : `/dev/vd${letter(Math.floor(index / 26) - 1)}${letter(index % 26)}`;
}
