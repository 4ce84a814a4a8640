import { z } from "zod";
import { list, optionalNumber, optionalText, text } from "../../answerFields";
import { remembered } from "../../remembered";
import { unlessMissing } from "../failures";
import { listTogether, lookupByIds, onePage } from "../paging";
import type { Rpc } from "../rpc";

const regions = z
    .object({ Regions: z.object({ Region: list(z.object({ RegionId: text })) }) })
    .transform(({ Regions }) => Regions.Region.map(({ RegionId }) => RegionId));

const supported = z.object({ Value: text, Status: optionalText });

const zone = z.object({
    AvailableResources: z
        .object({
            AvailableResource: list(
                z.object({ Type: optionalText, SupportedResources: z.object({ SupportedResource: list(supported) }) }),
            ),
        })
        .nullish(),
});

const offered = z
    .object({ AvailableZones: z.object({ AvailableZone: list(zone) }).nullish() })
    .transform(({ AvailableZones }) => {
        const resources = (AvailableZones?.AvailableZone ?? []).flatMap(
            ({ AvailableResources }) => AvailableResources?.AvailableResource ?? [],
        );
        const found = resources.flatMap(({ SupportedResources }) => SupportedResources.SupportedResource);
        const inStock = new Set(found.filter(({ Status }) => Status !== "SoldOut").map(({ Value }) => Value));
        return [...new Set(found.map(({ Value }) => Value))].map((id) => ({ id, isSoldOut: !inStock.has(id) }));
    });

const securityGroupAnswer = z
    .object({ SecurityGroupId: text, SecurityGroupName: optionalText, VpcId: optionalText })
    .transform((found) => ({
        securityGroupId: found.SecurityGroupId,
        name: found.SecurityGroupName,
        vpcId: found.VpcId,
    }));

const securityGroupPage = z
    .object({ SecurityGroups: z.object({ SecurityGroup: list(securityGroupAnswer) }), TotalCount: optionalNumber })
    .transform(({ SecurityGroups, TotalCount }) => ({ items: SecurityGroups.SecurityGroup, total: TotalCount }));

/** An instance type that the region offers, and whether it is sold out in all of its zones. */
export type OfferedInstanceType = z.output<typeof offered>[number];
export type SecurityGroup = z.output<typeof securityGroupAnswer>;

/** Where instances can be created: regions, the instance types of a region, and security groups. */
export function placementActions(rpc: Rpc) {
    const available = (instanceType: string | undefined): Promise<OfferedInstanceType[]> =>
        rpc.ask({
            action: "DescribeAvailableResource",
            query: {
                DestinationResource: "InstanceType",
                InstanceChargeType: "PostPaid",
                InstanceType: instanceType,
            },
            answer: offered,
            idempotent: true,
        });

    const securityGroup = lookupByIds(
        rpc,
        { action: "DescribeSecurityGroups", parameter: "SecurityGroupIds", query: onePage, page: securityGroupPage },
        ({ securityGroupId }) => securityGroupId,
    );

    return {
        /**
         * The ids of the regions, as of the first request of this process; the answer does not depend on the region.
         */
        regionIds: remembered<undefined, string[]>(() =>
            rpc.ask({
                action: "DescribeRegions",
                query: { RegionId: undefined, AcceptLanguage: "en-US" },
                answer: regions,
                idempotent: true,
            }),
        ),

        /**
         * One instance type of the region, as of the first request of this process; undefined if the region does not
         * offer it.
         */
        offeredInstanceType: remembered<string, OfferedInstanceType | undefined>(async (id) => {
            const offers = await unlessMissing(/^Invalid\.?InstanceType/, () => available(id));
            return offers?.find((found) => found.id === id);
        }),

        /** All instance types of the region, as of the first request of this process. */
        offeredInstanceTypes: remembered<undefined, OfferedInstanceType[]>(() => available(undefined)),

        /** One security group; undefined if it does not exist. Simultaneous calls are joined. */
        securityGroup: (id: string): Promise<SecurityGroup | undefined> =>
            unlessMissing(/^InvalidSecurityGroup/, () => securityGroup(id)),

        /** Every security group. Simultaneous calls are joined. */
        securityGroups: listTogether(rpc, { action: "DescribeSecurityGroups", page: securityGroupPage }),
    };
}
