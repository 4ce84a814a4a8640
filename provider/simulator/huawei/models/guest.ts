/** What the guest system does with its disks and no API shows (seed, SAN policy and "multiple physical disks"). */
export interface GuestFacts {
    /** Of Windows; absent: OnlineAll, all disks come online. */
    readonly sanPolicy?: "OnlineAll" | "OfflineShared" | "OfflineInternal";
    /** Absent: no volume lies across disks. */
    readonly volumesAcrossDisks?: boolean;
}

export interface OperatingSystem {
    readonly type: "Linux" | "Windows";
    readonly version: string;
    readonly platform: string;
}

export type GuestState = "healthy" | "offline" | "corrupt";

/**
 * What the guest finds on a restored data disk (docs/reference/full-ecs-images.md#guest-systems). The cloud
 * cannot see it and says nothing: volumes across disks lose data, and Windows leaves disks offline unless its SAN
 * policy is OnlineAll.
 */
export function guestStateOfDataDisk(os: OperatingSystem, { sanPolicy, volumesAcrossDisks }: GuestFacts): GuestState {
    if (volumesAcrossDisks) return "corrupt";
    return os.type === "Windows" && (sanPolicy ?? "OnlineAll") !== "OnlineAll" ? "offline" : "healthy";
}
