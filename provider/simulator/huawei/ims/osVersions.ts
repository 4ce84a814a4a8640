import type { OperatingSystem } from "../models/guest";

/** What an image has whose maker did not say what is on it (OTC creating_image_metadata_native_openstack_api.rst). */
export const unknownVersion = "Other Linux(64 bit)";

/** "Ubuntu 22.04 server 64bit" is Linux on Ubuntu, "Windows Server 2022 Standard 64bit" is Windows. */
export function systemOf(version: string, type?: "Linux" | "Windows"): OperatingSystem {
    const [platform = ""] = version.split(" ");
    return { type: type ?? (platform === "Windows" ? "Windows" : "Linux"), version, platform };
}
