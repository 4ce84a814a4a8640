import { kind } from "../../core/kinds";
import type { Tag } from "../gateway/tagParameters";

export type OsType = "Linux" | "Windows";

/** Facts inside a server that decide whether its images start: see world.ts. */
export interface Guest {
    readonly sanPolicy?: "OnlineAll" | "OfflineShared" | "OfflineAll" | "OfflineInternal";
    readonly volumesAcrossDisks?: boolean;
}

export interface Server {
    readonly name: string;
    readonly status:
        | "Pending"
        | "Starting"
        | "Running"
        | "Stopping"
        | "Stopped"
        | "Resetting"
        | "Upgrading"
        | "Disabled";
    readonly planId: string;
    readonly imageId: string;
    readonly imageName: string;
    readonly imageVersion: string;
    readonly imageType: "system" | "app" | "custom";
    readonly osType: OsType;
    readonly guest: Guest;
    readonly createdAt: number;
    readonly expiresAt: number;
    /** Number of months of each automatic renewal. Absent: no automatic renewal. */
    readonly autoRenewMonths?: number;
    /** Whether it was created from an image with a data disk: such a server cannot be reset. */
    readonly isOfDataImage: boolean;
    /** Time of the last ResetSystem. Older snapshots cannot roll back its disks. */
    readonly resetAt?: number;
    readonly tags: readonly Tag[];
}

export interface Disk {
    readonly serverId: string;
    readonly type: "system" | "data";
    readonly sizeGiB: number;
    readonly createdAt: number;
    readonly remark: string;
    /** True while a snapshot is restored to it. */
    readonly isRollingBack: boolean;
    readonly tags: readonly Tag[];
}

export interface Snapshot {
    readonly name: string;
    readonly remark: string;
    readonly resourceGroupId: string;
    /** When its disk was last rolled back to it. */
    readonly rolledBackAt?: number;
    readonly diskId: string;
    readonly diskType: Disk["type"];
    readonly serverId: string;
    readonly sizeGiB: number;
    readonly status: "progressing" | "accomplished" | "failed";
    readonly startedAt: number;
    readonly dueAt: number;
    readonly tags: readonly Tag[];
}

export interface CustomImage {
    readonly name: string;
    readonly resourceGroupId: string;
    readonly description: string;
    /** "0" copying, "1" available, "2" unavailable, "3" creation failed, "4" creating (ListCustomImages). */
    readonly status: "0" | "1" | "2" | "3" | "4";
    readonly osType: OsType;
    /** The server that it was created from; "" for a copy, which belongs to no server. */
    readonly serverId: string;
    readonly serverName: string;
    /** "" for a copy. */
    readonly systemSnapshotId: string;
    /** "" if none. */
    readonly dataSnapshotId: string;
    readonly systemDiskGiB: number;
    /** 0 if none. */
    readonly dataDiskGiB: number;
    readonly sourceImageName: string;
    readonly sourceImageVersion: string;
    /** The facts of the server at creation. A copy has the same facts. */
    readonly guest: Guest;
    readonly createdAt: number;
    readonly inShare: boolean;
    /** When the current share began. */
    readonly sharedAt?: number;
    /** Whether ECS shows the shared image. ECS can show it later than the share begins. */
    readonly isSeenByEcs: boolean;
    readonly shareAccounts: readonly { readonly account: string; readonly at: number }[];
    readonly tags: readonly Tag[];
    /** Set only while the image is being copied from there. */
    readonly copyingFrom?: { readonly region: string; readonly imageId: string; readonly isWaiting: boolean };
}

export const serverKind = kind<Server>("alibaba.server");
export const diskKind = kind<Disk>("alibaba.disk");
export const snapshotKind = kind<Snapshot>("alibaba.snapshot");
export const customImageKind = kind<CustomImage>("alibaba.customImage");
