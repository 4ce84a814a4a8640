import type { AlibabaRegion } from "../clouds/connect";
import { CloudError } from "../clouds/errors";
import type { HuaweiRegion } from "../clouds/huawei/region";
import type { Offer, RegionStatus } from "./status";

type Found = Pick<RegionStatus, "forNewServers" | "notes">;

/** One list of ids that new servers can use. */
interface Listing {
    /** What the list contains, for messages: "security groups". */
    what: string;
    read(): Promise<Offer[]>;
}

/** Sizes and networks that new servers in an Alibaba Cloud region can use, by their ids. */
export function alibabaOffers({ swas, ecs, vpc }: AlibabaRegion): Promise<Found> {
    return all([
        {
            what: "plans",
            read: async () => (await swas.plans(undefined)).map(({ planId: id }) => ({ kind: "plan", id })),
        },
        {
            what: "instance types",
            read: async () =>
                (await ecs.offeredInstanceTypes(undefined)).map(({ id }) => ({ kind: "instance type", id })),
        },
        { what: "VPCs", read: async () => (await vpc.vpcs()).map(({ vpcId: id }) => ({ kind: "VPC", id })) },
        {
            what: "VSwitches",
            read: async () =>
                (await vpc.vSwitches()).map(({ vSwitchId: id, vpcId, zoneId }) => ({
                    kind: "VSwitch",
                    id,
                    vpc: vpcId,
                    zone: zoneId,
                })),
        },
        {
            what: "security groups",
            read: async () =>
                (await ecs.securityGroups()).map(({ securityGroupId: id, vpcId }) => ({
                    kind: "security group",
                    id,
                    vpc: vpcId,
                })),
        },
    ]);
}

/** The same for a Huawei Cloud region. */
export function huaweiOffers({ servers, networks }: HuaweiRegion): Promise<Found> {
    return all([
        {
            what: "flavors",
            read: async () => (await servers.flavorNames(undefined)).map((id) => ({ kind: "flavor", id })),
        },
        { what: "VPCs", read: async () => (await networks.vpcs()).map(({ id }) => ({ kind: "VPC", id })) },
        {
            what: "subnets",
            read: async () => (await networks.subnets()).map(({ id, vpcId }) => ({ kind: "subnet", id, vpc: vpcId })),
        },
    ]);
}

async function all(listings: readonly Listing[]): Promise<Found> {
    const found = await Promise.all(listings.map(one));
    return {
        forNewServers: found.flatMap(({ forNewServers }) => forNewServers),
        notes: found.flatMap(({ notes }) => notes),
    };
}

/** An account that only creates images may have no permission to list networks. */
async function one({ what, read }: Listing): Promise<Found> {
    try {
        return { forNewServers: await read(), notes: [] };
    } catch (error) {
        if (!(error instanceof CloudError) || error.status !== 403) throw error;
        return { forNewServers: [], notes: [`cannot read the ${what}: ${error.message}`] };
    }
}
