import { kind } from "../../core/kinds";
import type { Tag } from "../gateway/tagParameters";

export interface ImageDisk {
    readonly type: "system" | "data";
    readonly device: string;
    readonly sizeGiB: number;
}

export const imageStatuses = ["Waiting", "Creating", "Available", "Deprecated", "CreateFailed"] as const;

/** An image that an account owns in ECS. Here it only ever comes from a copy. */
export interface EcsImage {
    readonly name: string;
    readonly description: string;
    /** "" for none. */
    readonly family: string;
    readonly bootMode: "BIOS" | "UEFI" | "UEFI-Preferred";
    readonly resourceGroupId: string;
    /** As its owner says; absent where nothing was said. */
    readonly features?: { readonly nvme?: "supported" | "unsupported"; readonly imds?: "v1" | "v2" };
    readonly status: (typeof imageStatuses)[number];
    /** Comes some time after Available. */
    readonly isUsable: boolean;
    readonly osType: "linux" | "windows";
    readonly platform: string;
    readonly osName: string;
    readonly disks: readonly ImageDisk[];
    readonly isEncrypted: boolean;
    /** The customer's own key; absent for the service's key, and for none. */
    readonly kmsKeyId?: string;
    /** Whether it is a community image, which everybody in its region may use. */
    readonly isPublic: boolean;
    readonly createdAt: number;
    /** Of the copying; equal to createdAt while it waits. */
    readonly startedAt: number;
    readonly dueAt: number;
    readonly copyOf: { readonly region: string; readonly imageId: string };
    /** How long the copying takes once it starts. */
    readonly copyMs: number;
    readonly shareAccounts: readonly { readonly account: string; readonly at: number }[];
    readonly tags: readonly Tag[];
}

/** What lies behind an image and is billed; it stays when the image is deleted (ECS DeleteImage). */
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
    /** Of the public address; 0 for none. */
    readonly internetMbps: number;
    readonly internetChargeType: string;
    readonly resourceGroupId: string;
    /** Against DeleteInstance. */
    readonly isProtected: boolean;
    readonly createdAt: number;
    readonly tags: readonly Tag[];
}

export interface EcsDisk {
    /** "" for one that outlived its instance. */
    readonly instanceId: string;
    readonly type: ImageDisk["type"];
    readonly device: string;
    readonly sizeGiB: number;
    readonly name: string;
    readonly description: string;
    readonly category: string;
    /** That it was made from; "" for none that the account has. */
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
