import { kind } from "../../core/kinds";
import type { GuestFacts, OperatingSystem } from "./guest";
import type { Tag } from "./image";

export interface BackupDisk {
    readonly id: string;
    readonly volumeId: string;
    readonly volumeName: string;
    readonly volumeType: string;
    readonly sizeGiB: number;
    readonly bootable: boolean;
    readonly snapshotId: string;
}

export interface Backup {
    readonly id: string;
    readonly checkpointId: string;
    readonly service: "cbr" | "csbs";
    readonly vaultId: string | null;
    readonly projectId: string;
    readonly name: string;
    readonly description: string;
    readonly tags: readonly Tag[];
    readonly server: { readonly id: string; readonly name: string; readonly flavor: string; readonly address: string };
    readonly os: OperatingSystem;
    readonly sourceImageId: string;
    readonly sourceImageType: string;
    readonly guest: GuestFacts;
    readonly availabilityZone: string;
    readonly status: "protecting" | "available" | "deleting" | "error";
    /** "snapshot" while the data is still uploading: sufficient for an image in the same availability zone. */
    readonly restoreMode: "na" | "snapshot" | "backup";
    readonly createdAt: number;
    readonly updatedAt: number;
    readonly disks: readonly BackupDisk[];
    /**
     * The image registered from it. A backup has at most one (docs/reference/full-ecs-images.md#backups-as-sources).
     */
    readonly imageId: string | null;
}

/** A project with access to a backup of another project, independent of image shares. */
export interface BackupMember {
    readonly backupId: string;
    readonly projectId: string;
    readonly status: "pending" | "accepted" | "rejected";
    readonly vaultId: string | null;
    readonly createdAt: number;
    readonly updatedAt: number;
}

export const backups = kind<Backup>("huawei.backup");
/** Stored with the owner's backup, by backupMemberKey. */
export const backupMembers = kind<BackupMember>("huawei.backupMember");

export const backupMemberKey = (backupId: string, projectId: string): string => `${backupId}/${projectId}`;

/** Whether it can be restored, at least in its own availability zone. */
export const isRestorable = (backup: Backup): boolean =>
    backup.status === "available" || (backup.status === "protecting" && backup.restoreMode === "snapshot");

export const systemDiskOf = (backup: Backup): BackupDisk | undefined => backup.disks.find((disk) => disk.bootable);
