import { kind } from "../../core/kinds";
import type { Tag } from "../gateway/tagParameters";

export interface ImageDisk {
    readonly type: "system" | "data";
    readonly device: string;
    readonly sizeGiB: number;
}

export const imageStatuses = ["Waiting", "Creating", "Available", "Deprecated", "CreateFailed"] as const;

/** An image that an account owns in ECS. In the simulator, only a copy creates one. */
export interface EcsImage {
    readonly name: string;
    readonly description: string;
    /** "" if none. */
    readonly family: string;
    readonly bootMode: "BIOS" | "UEFI" | "UEFI-Preferred";
    readonly resourceGroupId: string;
    /** As set by the owner; absent if never set. */
    readonly features?: { readonly nvme?: "supported" | "unsupported"; readonly imds?: "v1" | "v2" };
    readonly status: (typeof imageStatuses)[number];
    /** Becomes true some time after the status Available. */
    readonly isUsable: boolean;
    readonly osType: "linux" | "windows";
    readonly platform: string;
    readonly osName: string;
    readonly disks: readonly ImageDisk[];
    readonly isEncrypted: boolean;
    /** The customer's own key; absent for the service key and for an unencrypted image. */
    readonly kmsKeyId?: string;
    /** Whether it is a community image, which every account in its region can use. */
    readonly isPublic: boolean;
    readonly createdAt: number;
    /** When copying started; equal to createdAt while the copy waits. */
    readonly startedAt: number;
    readonly dueAt: number;
    readonly copyOf: { readonly region: string; readonly imageId: string };
    /** How long copying takes after it starts. */
    readonly copyMs: number;
    readonly shareAccounts: readonly { readonly account: string; readonly at: number }[];
    readonly tags: readonly Tag[];
}

/** The snapshot of an image's disk, which is billed. Deleting the image keeps it (ECS DeleteImage). */
export interface EcsSnapshot {
    readonly imageId: string;
    readonly diskType: ImageDisk["type"];
    readonly device: string;
    readonly sizeGiB: number;
    readonly isEncrypted: boolean;
    readonly createdAt: number;
    readonly tags: readonly Tag[];
}

export interface EcsInstance {
    readonly name: string;
    readonly status: "Pending" | "Starting" | "Running" | "Stopping" | "Stopped";
    readonly imageId: string;
    readonly osType: EcsImage["osType"];
    readonly osName: string;
    readonly instanceType: string;
    readonly chargeType: string;
    readonly zone: string;
    readonly vSwitchId: string;
    readonly securityGroupIds: readonly string[];
    readonly keyPairName: string;
    readonly hostName: string;
    readonly description: string;
    /** Bandwidth of the public address; 0 if there is none. */
    readonly internetMbps: number;
    readonly internetChargeType: string;
    readonly resourceGroupId: string;
    /** Protection against DeleteInstance. */
    readonly isProtected: boolean;
    readonly createdAt: number;
    readonly tags: readonly Tag[];
}

export interface EcsDisk {
    /** "" for a disk that was kept when its instance was deleted. */
    readonly instanceId: string;
    readonly type: ImageDisk["type"];
    readonly device: string;
    readonly sizeGiB: number;
    readonly name: string;
    readonly description: string;
    readonly category: string;
    /** The snapshot that it was created from; "" if the account has none. */
    readonly snapshotId: string;
    readonly isEncrypted: boolean;
    readonly isReleasedWithInstance: boolean;
    readonly createdAt: number;
    readonly tags: readonly Tag[];
}

export const ecsDiskKind = kind<EcsDisk>("alibaba.ecsDisk");
export const ecsImageKind = kind<EcsImage>("alibaba.ecsImage");
export const ecsSnapshotKind = kind<EcsSnapshot>("alibaba.ecsSnapshot");
export const ecsInstanceKind = kind<EcsInstance>("alibaba.ecsInstance");
