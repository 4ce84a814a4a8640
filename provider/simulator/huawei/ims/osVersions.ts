import type { OperatingSystem } from "../models/guest";

/** The default if the creator did not name the system (OTC creating_image_metadata_native_openstack_api.rst). */
export const unknownVersion = "Other Linux(64 bit)";

/**
 * The system of a version: "Ubuntu 22.04 server 64bit" is Linux (Ubuntu), "Windows Server 2022 Standard 64bit" is
 * Windows.
 */
export function systemOf(version: string, type?: "Linux" | "Windows"): OperatingSystem {
    const [platform = ""] = version.split(" ");
    return { type: type ?? (platform === "Windows" ? "Windows" : "Linux"), version, platform };
}
