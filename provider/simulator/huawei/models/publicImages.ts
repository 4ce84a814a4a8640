import { namedUuid } from "../namedIdentifiers";
import type { OperatingSystem } from "./guest";

/** An image of the cloud itself. It is the same in every region and project. */
export interface PublicImage {
    readonly id: string;
    readonly name: string;
    readonly os: OperatingSystem;
    readonly minDiskGiB: number;
    readonly minRamMiB: number;
}

function publicImage(id: string, type: OperatingSystem["type"], platform: string, version: string, minDiskGiB: number) {
    return { id, name: `Standard_${version.replaceAll(" ", "_")}`, os: { type, platform, version }, minDiskGiB };
}

/** The public images that the servers of a world were created from. */
export const publicImages: readonly PublicImage[] = [
    publicImage("c71b64e7-4767-4406-afde-2c7c7ac2242c", "Linux", "Ubuntu", "Ubuntu 22.04 server 64bit", 40),
    publicImage(namedUuid("gold/debian12"), "Linux", "Debian", "Debian GNU/Linux 12 64bit", 40),
    publicImage(namedUuid("gold/windows2022"), "Windows", "Windows", "Windows Server 2022 Standard 64bit", 40),
].map((image) => ({ ...image, minRamMiB: image.os.type === "Windows" ? 1024 : 0 }));

/** The public image that a server with this system was created from. */
export function publicImageOf(os: "Linux" | "Windows", version: string | undefined): PublicImage {
    const known = publicImages.find((image) => image.os.version === version);
    const [first] = publicImages.filter((image) => image.os.type === os);
    if (!first) throw new Error(`no public image for ${os}`);
    if (known) return known;
    return version === undefined ? first : { ...first, os: { ...first.os, version } };
}

export const findPublicImage = (id: string): PublicImage | undefined => publicImages.find((image) => image.id === id);
