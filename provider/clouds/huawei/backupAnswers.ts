import { z } from "zod";
import { flag, list, number, optionalText, text } from "../answerFields";

/** A backup of a server, the same for both services. */
export interface Backup {
    id: string;
    /** The service that stores it: the older CSBS, or CBR. */
    kind: BackupKind;
    /** waiting_protect, protecting, available, restoring, deleting, error, ... */
    status: string;
    /** "snapshot": images can be created in this availability zone only; "backup": everywhere; "na": not yet. */
    restoreMode: "na" | "snapshot" | "backup";
    availabilityZone?: string;
    serverId: string;
    /** CBR only. */
    vaultId?: string;
    /** The whole images that were created from it; while one exists, the backup cannot be deleted. */
    imageIds: string[];
    disks: BackupDisk[];
    /** As the cloud writes it. */
    createdAt?: string;
    /** The checkpoint that created it; CSBS deletes by this id. */
    checkpointId?: string;
}

export interface BackupDisk {
    /** The disk that was backed up. */
    volumeId: string;
    sizeGiB: number;
    /** Whether it is the system disk. */
    bootable: boolean;
    snapshotId?: string;
}

export type BackupKind = "csbs" | "cbr";

const restoreMode = z.enum(["na", "snapshot", "backup"]).catch("na");
const imageIds = list(z.object({ image_id: text })).transform((images) => images.map((image) => image.image_id));

// Source: docs/reference/csbs-cbr.md#cbr-backups.
export const cbrBackup = z
    .object({
        id: text,
        checkpoint_id: optionalText,
        vault_id: optionalText,
        resource_id: text,
        resource_az: optionalText,
        status: text,
        created_at: optionalText,
        extend_info: z.object({ supported_restore_mode: restoreMode, os_images_data: imageIds }).nullish(),
        children: list(
            z
                .object({
                    resource_id: text,
                    resource_size: number,
                    extend_info: z.object({ bootable: flag, snapshot_id: optionalText }).nullish(),
                })
                .transform((child) => ({
                    volumeId: child.resource_id,
                    sizeGiB: child.resource_size,
                    bootable: child.extend_info?.bootable ?? false,
                    snapshotId: child.extend_info?.snapshot_id,
                })),
        ),
    })
    .transform(
        (found): Backup => ({
            id: found.id,
            kind: "cbr",
            status: found.status,
            restoreMode: found.extend_info?.supported_restore_mode ?? "na",
            availabilityZone: found.resource_az,
            serverId: found.resource_id,
            vaultId: found.vault_id,
            imageIds: found.extend_info?.os_images_data ?? [],
            disks: found.children,
            createdAt: found.created_at,
            checkpointId: found.checkpoint_id,
        }),
    );

// The item's id, not the checkpoint's, is the backup id that IMS expects (docs/reference/csbs-cbr.md#csbs-backups).
export const csbsBackup = z
    .object({
        id: text,
        checkpoint_id: optionalText,
        resource_id: text,
        status: text,
        created_at: optionalText,
        extend_info: z
            .object({
                resource_az: optionalText,
                supported_restore_mode: restoreMode,
                os_images_data: imageIds,
                volume_backups: list(
                    z
                        .object({
                            source_volume_id: text,
                            source_volume_size: number,
                            bootable: flag,
                            snapshot_id: optionalText,
                        })
                        .transform((disk) => ({
                            volumeId: disk.source_volume_id,
                            sizeGiB: disk.source_volume_size,
                            bootable: disk.bootable,
                            snapshotId: disk.snapshot_id,
                        })),
                ),
            })
            .nullish(),
    })
    .transform(
        (found): Backup => ({
            id: found.id,
            kind: "csbs",
            status: found.status,
            restoreMode: found.extend_info?.supported_restore_mode ?? "na",
            availabilityZone: found.extend_info?.resource_az,
            serverId: found.resource_id,
            imageIds: found.extend_info?.os_images_data ?? [],
            disks: found.extend_info?.volume_backups ?? [],
            createdAt: found.created_at,
            checkpointId: found.checkpoint_id,
        }),
    );
