import { kind } from "../../core/kinds";
import type { GuestFacts, OperatingSystem } from "./guest";

export type ServerStatus = "BUILD" | "ACTIVE" | "SHUTOFF" | "REBOOT" | "REBUILD" | "ERROR";

export interface Nic {
    readonly portId: string;
    readonly subnetId: string;
    readonly address: string;
    readonly macAddress: string;
}

/** In all models, times are milliseconds of virtual time, and the names of sizes contain the unit. */
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
    /** Its disks, including disks that are being attached or detached. Each disk has its own attachment. */
    readonly volumeIds: readonly string[];
}

export const servers = kind<Server>("huawei.server");
