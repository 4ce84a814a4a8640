/** How the guest system uses its disks, which no API shows (seed, SAN policy and "multiple physical disks"). */
export interface GuestFacts {
    /** For Windows. Default: OnlineAll, all disks come online. */
    readonly sanPolicy?: "OnlineAll" | "OfflineShared" | "OfflineInternal";
    /** Default: no volume spans disks. */
    readonly volumesAcrossDisks?: boolean;
}

export interface OperatingSystem {
    readonly type: "Linux" | "Windows";
    readonly version: string;
    readonly platform: string;
}

export type GuestState = "healthy" | "offline" | "corrupt";

/**
 * The state of a restored data disk in the guest (docs/reference/full-ecs-images.md#guest-systems). The cloud cannot
 * see it: volumes that span disks lose data, and Windows leaves disks offline unless its SAN policy is OnlineAll.
 */
export function guestStateOfDataDisk(os: OperatingSystem, { sanPolicy, volumesAcrossDisks }: GuestFacts): GuestState {
    if (volumesAcrossDisks) return "corrupt";
    return os.type === "Windows" && (sanPolicy ?? "OnlineAll") !== "OnlineAll" ? "offline" : "healthy";
}
