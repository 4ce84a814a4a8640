import { kind } from "../../core/kinds";
import type { GuestFacts, OperatingSystem } from "./guest";

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
    /** The size of its system disk, the lower limit of min_disk. */
    readonly systemDiskGiB: number;
    readonly minDiskGiB: number;
    readonly minRamMiB: number;
    readonly sizeBytes: number;
    readonly isProtected: boolean;
    readonly enterpriseProjectId: string;
    /** Attributes that an image can lack: __description, max_ram, hw_firmware_type, __support_* and others. */
    readonly attributes: Readonly<Record<string, string>>;
    readonly tags: readonly Tag[];
    readonly createdAt: number;
    readonly updatedAt: number;
    readonly activeAt: number | null;
    /** The job that creates it. The image cannot be deleted before the job has ended. */
    readonly jobId: string;
    /** The projects that it is shared with. */
    readonly sharedWith: readonly string[];
}

export const images = kind<Image>("huawei.image");
