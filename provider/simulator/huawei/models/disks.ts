import type { RegionStore } from "../../core/objects";
import { servers } from "./server";
import { type Attachment, type Volume, volumes } from "./volume";

/** An attached volume. */
export interface AttachedVolume extends Volume {
    readonly attachment: Attachment;
}

function isAttachedTo(volume: Volume | undefined, serverId: string): volume is AttachedVolume {
    return volume?.attachment?.serverId === serverId;
}

/** The disks of a server, system disk first. */
export function disksOf(store: RegionStore, serverId: string): AttachedVolume[] {
    return (store.get(servers, serverId)?.volumeIds ?? [])
        .flatMap((id) => {
            const volume = store.get(volumes, id);
            return isAttachedTo(volume, serverId) ? [volume] : [];
        })
        .sort((a, b) => a.attachment.bootIndex - b.attachment.bootIndex);
}

/** Attaches a disk, or begins to. The server must exist. */
export function attach(store: RegionStore, volumeId: string, attachment: Attachment, status: string): void {
    const server = store.get(servers, attachment.serverId);
    const others = server?.volumeIds.filter((id) => id !== volumeId) ?? [];
    store.change(servers, attachment.serverId, { volumeIds: [...others, volumeId] });
    store.change(volumes, volumeId, { status, attachment });
}

/** Detaches a disk from its server, which may not exist any more. */
export function detach(store: RegionStore, volumeId: string): void {
    const serverId = store.get(volumes, volumeId)?.attachment?.serverId ?? "";
    const server = store.get(servers, serverId);
    if (server) store.change(servers, serverId, { volumeIds: server.volumeIds.filter((id) => id !== volumeId) });
    store.change(volumes, volumeId, { status: "available", attachment: null });
}

/** Whether the disks of a server are being read for an image or a backup. */
export function areRead(disks: readonly Volume[]): boolean {
    return disks.some(({ status }) => status === "backing-up" || status === "uploading");
}

export const totalSizeGiB = (disks: readonly { sizeGiB: number }[]): number =>
    disks.reduce((sum, disk) => sum + disk.sizeGiB, 0);

/** "/dev/vda" for 0, "/dev/vdb" for 1; after "/dev/vdz" comes "/dev/vdaa". */
export function deviceName(index: number): string {
    const letter = (position: number) => String.fromCharCode("a".charCodeAt(0) + position);
    return index < 26 ? `/dev/vd${letter(index)}` : `/dev/vd${letter(Math.floor(index / 26) - 1)}${letter(index % 26)}`;
}
