import type { Placed } from "../../core/kinds";
import { always, type Filters, never } from "../gateway/filters";
import { fitsWildcard } from "../gateway/wildcard";
import type { EcsInstance } from "./models";

export function vpcOf({ vSwitchId }: EcsInstance): string {
    return vSwitchId === "" ? "" : `vpc-${vSwitchId.replace(/^vsw-/, "")}`;
}

/** The filters of DescribeInstances (SDK 7.11.6), including filters that match no simulated instance. */
export const instanceFilters: Filters<Placed<EcsInstance>> = {
    ImageId: ({ value }, wanted) => value.imageId === wanted,
    InstanceName: ({ value }, wanted) => fitsWildcard(value.name, wanted),
    InstanceType: ({ value }, wanted) => value.instanceType === wanted,
    InstanceTypeFamily: ({ value }, wanted) => value.instanceType.startsWith(`${wanted}.`),
    InstanceChargeType: ({ value }, wanted) => value.chargeType === wanted,
    InstanceNetworkType: ({ value }, wanted) => wanted === (value.vSwitchId === "" ? "classic" : "vpc"),
    KeyPairName: ({ value }, wanted) => value.keyPairName === wanted,
    SecurityGroupId: ({ value }, wanted) => value.securityGroupIds.includes(wanted),
    VSwitchId: ({ value }, wanted) => value.vSwitchId === wanted,
    VpcId: ({ value }, wanted) => vpcOf(value) === wanted,
    ZoneId: ({ value }, wanted) => value.zone === wanted,
    IoOptimized: always(true),
    DeviceAvailable: always(true),
    HttpEndpoint: (_instance, wanted) => wanted === "enabled",
    HttpTokens: (_instance, wanted) => wanted === "optional",
    EipAddresses: never,
    HpcClusterId: never,
    HttpPutResponseHopLimit: never,
    InnerIpAddresses: never,
    InternetChargeType: never,
    "Ipv6Address.1": never,
    LockReason: never,
    PublicIpAddresses: never,
    RdmaIpAddresses: never,
    ResourceGroupId: ({ value }, wanted) => value.resourceGroupId === wanted,
};
