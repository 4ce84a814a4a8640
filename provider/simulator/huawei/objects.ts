import { kind } from "../core/kinds";

/** What every cloud object of a customer is kept as. Times are ms of virtual time, sizes as their names say. */
export interface Domain {
    readonly id: string;
    readonly name: string;
}

export interface User {
    readonly id: string;
    readonly name: string;
    readonly password: string;
    readonly accessKeyId: string;
    readonly accessKeySecret: string;
}

/** One for each region of a domain; its name is the region. */
export interface Project {
    readonly id: string;
    readonly region: string;
}

/** What the guest system does with its disks and no API shows (seed, SAN policy and "multiple physical disks"). */
export interface GuestFacts {
    readonly sanPolicy?: "OnlineAll" | "OfflineShared" | "OfflineInternal";
    readonly volumesAcrossDisks?: boolean;
}

export interface OperatingSystem {
    readonly type: "Linux" | "Windows";
    readonly version: string;
    readonly platform: string;
}

export type ServerStatus = "BUILD" | "ACTIVE" | "SHUTOFF" | "REBOOT" | "REBUILD" | "ERROR";

export interface Nic {
    readonly portId: string;
    readonly subnetId: string;
    readonly address: string;
    readonly macAddress: string;
}

export interface Server {
    readonly id: string;
    readonly name: string;
    readonly projectId: string;
    readonly availabilityZone: string;
    readonly status: ServerStatus;
    readonly taskState: string | null;
    readonly flavor: string;
    readonly os: OperatingSystem;
    readonly image: { readonly id: string; readonly name: string; readonly type: "gold" | "private" | "shared" };
    readonly createdAt: number;
    readonly guest: GuestFacts;
    /** "key=value" */
    readonly tags: readonly string[];
    readonly vpcId: string;
    readonly nics: readonly Nic[];
    readonly securityGroups: readonly string[];
    readonly description: string;
    readonly keyName: string | null;
    readonly metadata: Readonly<Record<string, string>>;
}

export interface Attachment {
    readonly id: string;
    readonly serverId: string;
    /** 0 is the system disk. */
    readonly bootIndex: number;
    readonly device: string;
    readonly deleteOnTermination: boolean;
}

export interface Volume {
    readonly id: string;
    readonly name: string;
    readonly projectId: string;
    readonly availabilityZone: string;
    readonly type: string;
    readonly sizeGiB: number;
    readonly status: string;
    readonly bootable: boolean;
    readonly createdAt: number;
    readonly snapshotId: string | null;
    readonly imageId: string | null;
    readonly attachment: Attachment | null;
    /** What the guest would find on the disk; no API shows it. */
    readonly guestState: "healthy" | "offline" | "corrupt";
}

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
    readonly server: { readonly id: string; readonly name: string; readonly flavor: string; readonly address: string };
    readonly os: OperatingSystem;
    readonly sourceImageId: string;
    readonly sourceImageType: string;
    readonly guest: GuestFacts;
    readonly availabilityZone: string;
    readonly status: "protecting" | "available" | "deleting" | "error";
    /** "snapshot" while the data is still uploading: enough for an image in the same availability zone. */
    readonly restoreMode: "na" | "snapshot" | "backup";
    readonly createdAt: number;
    readonly updatedAt: number;
    readonly disks: readonly BackupDisk[];
}

export interface Vault {
    readonly id: string;
    readonly name: string;
    readonly projectId: string;
    readonly sizeGiB: number;
    readonly objectType: "server" | "disk" | "turbo";
    readonly protectType: "backup" | "replication";
    readonly status: "available" | "lock" | "frozen" | "error";
    readonly createdAt: number;
    /** Servers bound by name; those with backups in the vault count as bound too. */
    readonly serverIds: readonly string[];
}

export interface Tag {
    readonly key: string;
    readonly value: string;
}

export interface Image {
    readonly id: string;
    readonly projectId: string;
    readonly name: string;
    readonly status: "queued" | "saving" | "active" | "killed" | "deleted";
    readonly isWhole: boolean;
    readonly backupId: string | null;
    readonly backupService: "cbr" | "csbs" | null;
    readonly dataOrigin: string;
    readonly originalImageId: string;
    readonly os: OperatingSystem;
    readonly guest: GuestFacts;
    readonly minDiskGiB: number;
    readonly minRamMiB: number;
    readonly sizeBytes: number;
    readonly isProtected: boolean;
    readonly enterpriseProjectId: string;
    /** Attributes that an image may lack: __description, max_ram, hw_firmware_type, __support_* and the like. */
    readonly attributes: Readonly<Record<string, string>>;
    readonly tags: readonly Tag[];
    readonly createdAt: number;
    readonly updatedAt: number;
    readonly activeAt: number | null;
    /** The job that makes it; an image cannot be deleted before the job has ended. */
    readonly jobId: string;
}

export interface Member {
    readonly imageId: string;
    readonly projectId: string;
    readonly status: "pending" | "accepted" | "rejected";
    readonly vaultId: string | null;
    readonly createdAt: number;
    readonly updatedAt: number;
}

export const domains = kind<Domain>("huawei.domain");
export const users = kind<User>("huawei.user");
export const projects = kind<Project>("huawei.project");
export const servers = kind<Server>("huawei.server");
export const volumes = kind<Volume>("huawei.volume");
export const backups = kind<Backup>("huawei.backup");
export const vaults = kind<Vault>("huawei.vault");
export const images = kind<Image>("huawei.image");
/** Kept with the owner's image, under memberKey. */
export const members = kind<Member>("huawei.member");

export const memberKey = (imageId: string, projectId: string): string => `${imageId}/${projectId}`;
