/** One region of the cloud. */
export interface Region {
    readonly id: string;
    readonly localName: string;
    /** The first two characters in ids of the region's images, snapshots and disks. */
    readonly idCode: string;
    /** The first three characters in ids of its networks. */
    readonly networkCode: string;
    readonly zone: string;
}

/**
 * The regions that a world can use. bp (Hangzhou) and uf (Shanghai) come from documented ids; the other codes are
 * unverified and only cosmetic.
 */
export const regions: readonly Region[] = [
    { id: "cn-hangzhou", localName: "China (Hangzhou)", idCode: "bp", networkCode: "bp1", zone: "cn-hangzhou-h" },
    { id: "cn-shanghai", localName: "China (Shanghai)", idCode: "uf", networkCode: "uf6", zone: "cn-shanghai-g" },
    { id: "cn-qingdao", localName: "China (Qingdao)", idCode: "m5", networkCode: "m5e", zone: "cn-qingdao-c" },
    { id: "cn-beijing", localName: "China (Beijing)", idCode: "2z", networkCode: "2ze", zone: "cn-beijing-h" },
    {
        id: "cn-zhangjiakou",
        localName: "China (Zhangjiakou)",
        idCode: "8v",
        networkCode: "8vb",
        zone: "cn-zhangjiakou-a",
    },
    { id: "cn-huhehaote", localName: "China (Hohhot)", idCode: "hp", networkCode: "hp3", zone: "cn-huhehaote-a" },
    { id: "cn-shenzhen", localName: "China (Shenzhen)", idCode: "wz", networkCode: "wz9", zone: "cn-shenzhen-d" },
    { id: "cn-guangzhou", localName: "China (Guangzhou)", idCode: "7x", networkCode: "7xv", zone: "cn-guangzhou-a" },
    { id: "cn-chengdu", localName: "China (Chengdu)", idCode: "2v", networkCode: "2vc", zone: "cn-chengdu-a" },
    { id: "cn-hongkong", localName: "China (Hong Kong)", idCode: "j6", networkCode: "j6c", zone: "cn-hongkong-b" },
    { id: "ap-southeast-1", localName: "Singapore", idCode: "t4", networkCode: "t4n", zone: "ap-southeast-1a" },
    { id: "eu-central-1", localName: "Germany (Frankfurt)", idCode: "gw", networkCode: "gw8", zone: "eu-central-1a" },
    { id: "us-east-1", localName: "US (Virginia)", idCode: "0x", networkCode: "0xi", zone: "us-east-1a" },
];

/** Hong Kong is outside the mainland, although its id begins with cn-. */
export function isInMainland(id: string): boolean {
    return id.startsWith("cn-") && id !== "cn-hongkong";
}

export function regionNamed(id: string): Region {
    const region = regions.find((candidate) => candidate.id === id);
    if (!region) throw new Error(`no region ${id}: the world's schema rejects unknown regions`);
    return region;
}
