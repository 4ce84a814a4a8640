import { kind } from "../../core/kinds";
import type { Tag } from "../gateway/tagParameters";

export type OsType = "Linux" | "Windows";

/** What is true inside a server and decides whether its images start: see world.ts. */
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
    /** For how long it is renewed when its time is over; absent: not at all. */
    readonly autoRenewMonths?: number;
    /** Whether it was created from an image with a data disk: such a server is never reset. */
    readonly isOfDataImage: boolean;
    /** Of the last ResetSystem; older snapshots do not roll its disks back. */
    readonly resetAt?: number;
    readonly tags: readonly Tag[];
}

export interface Disk {
    readonly serverId: string;
    readonly type: "system" | "data";
    readonly sizeGiB: number;
    readonly createdAt: number;
    readonly remark: string;
    /** While a snapshot is written back to it. */
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
    /** Of the server that it was made from; "" for a copy, which belongs to no server. */
    readonly serverId: string;
    readonly serverName: string;
    /** "" for a copy. */
    readonly systemSnapshotId: string;
    /** "" for none. */
    readonly dataSnapshotId: string;
    readonly systemDiskGiB: number;
    /** 0 for none. */
    readonly dataDiskGiB: number;
    readonly sourceImageName: string;
    readonly sourceImageVersion: string;
    /** Of the server at the time; a copy keeps them. */
    readonly guest: Guest;
    readonly createdAt: number;
    readonly inShare: boolean;
    /** Of the current share. */
    readonly sharedAt?: number;
    /** Whether ECS knows of the share; it may learn of it later. */
    readonly isSeenByEcs: boolean;
    readonly shareAccounts: readonly { readonly account: string; readonly at: number }[];
    readonly tags: readonly Tag[];
    /** Only while it is being copied from there. */
    readonly copyingFrom?: { readonly region: string; readonly imageId: string; readonly isWaiting: boolean };
}

export const serverKind = kind<Server>("alibaba.server");
export const diskKind = kind<Disk>("alibaba.disk");
export const snapshotKind = kind<Snapshot>("alibaba.snapshot");
export const customImageKind = kind<CustomImage>("alibaba.customImage");
