import { kind } from "../../core/kinds";
import type { GuestState } from "./guest";

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
    readonly description: string;
    readonly projectId: string;
    readonly availabilityZone: string;
    readonly type: string;
    readonly sizeGiB: number;
    readonly status: string;
    readonly bootable: boolean;
    /** Shareable: several servers can attach it. */
    readonly multiattach: boolean;
    readonly metadata: Readonly<Record<string, string>>;
    readonly createdAt: number;
    readonly snapshotId: string | null;
    readonly imageId: string | null;
    readonly attachment: Attachment | null;
    /** What the guest finds on the disk. No API shows it. */
    readonly guestState: GuestState;
}

/** A snapshot of a single disk, not part of a backup. */
export interface Snapshot {
    readonly id: string;
    readonly name: string;
    readonly description: string;
    readonly volumeId: string;
    readonly sizeGiB: number;
    readonly status: "creating" | "available" | "error" | "deleting";
    readonly metadata: Readonly<Record<string, string>>;
    readonly createdAt: number;
}

export const volumes = kind<Volume>("huawei.volume");
export const snapshots = kind<Snapshot>("huawei.snapshot");

/** Disk types of ECS and EVS (docs/reference/huawei-servers.md#creating-servers). */
export const diskTypes: ReadonlySet<string> = new Set([
    "SSD",
    "SAS",
    "SATA",
    "GPSSD",
    "ESSD",
    "GPSSD2",
    "co-p1",
    "uh-l1",
]);

/** A disk in dedicated storage cannot be imaged (DESS, DSS; docs/reference/full-ecs-images.md#disks). */
export const isDedicated = ({ type }: Pick<Volume, "type">): boolean => /^(DESS|DSS)\b/.test(type);

/** The defaults of a disk. */
export const plainVolume = {
    description: "",
    multiattach: false,
    metadata: {},
    snapshotId: null,
    imageId: null,
    attachment: null,
    guestState: "healthy",
} as const;
