/** The hardware of a server. */
export interface Plan {
    /** c vCPU, m GiB, s disk GiB, b Mbps, t traffic (SWAS documentation of ListPlans). */
    readonly id: string;
    readonly cores: number;
    readonly memoryGiB: number;
    readonly diskGiB: number;
    readonly bandwidthMbps: number;
    readonly trafficGiB: number;
    readonly price: string;
    /** The supported operating systems. Default: both. */
    readonly platforms?: readonly ("Linux" | "Windows")[];
}

/**
 * A selection of plans. Sizes and prices have the format of the documented sample, not the values of the cloud's price
 * list.
 */
export const plans: readonly Plan[] = [
    { id: "swas.s2.c2m1s40b3t04", cores: 2, memoryGiB: 1, diskGiB: 40, bandwidthMbps: 3, trafficGiB: 400, price: "60" },
    { id: "swas.s2.c2m2s50b4t08", cores: 2, memoryGiB: 2, diskGiB: 50, bandwidthMbps: 4, trafficGiB: 800, price: "85" },
    {
        id: "swas.s2.c2m4s60b5t12",
        cores: 2,
        memoryGiB: 4,
        diskGiB: 60,
        bandwidthMbps: 5,
        trafficGiB: 1200,
        price: "108",
    },
    {
        id: "swas.s1.c1m1s60b1t03",
        cores: 1,
        memoryGiB: 1,
        diskGiB: 60,
        bandwidthMbps: 1,
        trafficGiB: 300,
        price: "45",
        platforms: ["Linux"],
    },
    {
        id: "swas.s2.c4m8s80b6t15",
        cores: 4,
        memoryGiB: 8,
        diskGiB: 80,
        bandwidthMbps: 6,
        trafficGiB: 1500,
        price: "216",
    },
    {
        id: "swas.s2.c8m16s200b8t20",
        cores: 8,
        memoryGiB: 16,
        diskGiB: 200,
        bandwidthMbps: 8,
        trafficGiB: 2000,
        price: "480",
    },
];

/** The cloud's format: a JSON list in a string. */
export function supportPlatform({ platforms = ["Linux", "Windows"] }: Plan): string {
    return JSON.stringify(platforms);
}

export function isPlanFor({ platforms }: Plan, osType: string): boolean {
    return platforms === undefined || platforms.some((platform) => platform === osType);
}

/** The smallest plan with a large enough disk, otherwise the largest plan. */
export function planFor(systemDiskGiB: number): Plan {
    const fitting = plans.find(({ diskGiB }) => diskGiB >= systemDiskGiB) ?? plans.at(-1);
    if (!fitting) throw new Error("the catalog has no plans");
    return fitting;
}

export function planNamed(id: string): Plan | undefined {
    return plans.find((plan) => plan.id === id);
}
