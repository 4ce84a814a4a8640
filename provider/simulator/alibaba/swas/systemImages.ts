/** A public image of the cloud. */
export interface SystemImage {
    /** 32 hex digits in SWAS. */
    readonly id: string;
    readonly name: string;
    readonly version: string;
    readonly type: "system" | "app";
    readonly osType: "Linux" | "Windows";
    readonly diskGiB: number;
    readonly description: string;
}

export const systemImages: readonly SystemImage[] = [
    {
        id: "a5b0c3d1e2f34455867788990a1b2c01",
        name: "Ubuntu",
        version: "22.04",
        type: "system",
        osType: "Linux",
        diskGiB: 40,
        description: "Ubuntu 22.04 64 bit",
    },
    {
        id: "a5b0c3d1e2f34455867788990a1b2c02",
        name: "Alibaba Cloud Linux",
        version: "3.2104",
        type: "system",
        osType: "Linux",
        diskGiB: 40,
        description: "Alibaba Cloud Linux 3.2104 LTS 64 bit",
    },
    {
        id: "a5b0c3d1e2f34455867788990a1b2c03",
        name: "Windows Server",
        version: "2022",
        type: "system",
        osType: "Windows",
        diskGiB: 40,
        description: "Windows Server 2022 Datacenter 64 bit",
    },
    {
        id: "a5b0c3d1e2f34455867788990a1b2c04",
        name: "WordPress",
        version: "6.1.1",
        type: "app",
        osType: "Linux",
        diskGiB: 40,
        description: "WordPress 6.1.1 on Alibaba Cloud Linux 3",
    },
];

export function defaultImageOf(osType: SystemImage["osType"]): SystemImage {
    const image = systemImages.find((candidate) => candidate.osType === osType);
    if (!image) throw new Error(`no system image for ${osType}`);
    return image;
}
