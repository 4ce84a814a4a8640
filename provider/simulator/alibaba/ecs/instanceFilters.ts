import type { Placed } from "../../core/kinds";
import { always, type Filters, never } from "../gateway/filters";
import { fitsWildcard } from "../gateway/wildcard";
import type { EcsInstance } from "./models";

export function vpcOf({ vSwitchId }: EcsInstance): string {
    return vSwitchId === "" ? "" : `vpc-${vSwitchId.replace(/^vsw-/, "")}`;
}

/** The filters of DescribeInstances (SDK 7.11.6), including filters that match no simulated instance. */
export const instanceFilters: Filters<Placed<EcsInstance>> = {
    ImageId: ({ value }, asked) => value.imageId === asked,
    InstanceName: ({ value }, asked) => fitsWildcard(value.name, asked),
    InstanceType: ({ value }, asked) => value.instanceType === asked,
    InstanceTypeFamily: ({ value }, asked) => value.instanceType.startsWith(`${asked}.`),
    InstanceChargeType: ({ value }, asked) => value.chargeType === asked,
    InstanceNetworkType: ({ value }, asked) => asked === (value.vSwitchId === "" ? "classic" : "vpc"),
    KeyPairName: ({ value }, asked) => value.keyPairName === asked,
    SecurityGroupId: ({ value }, asked) => value.securityGroupIds.includes(asked),
    VSwitchId: ({ value }, asked) => value.vSwitchId === asked,
    VpcId: ({ value }, asked) => vpcOf(value) === asked,
    ZoneId: ({ value }, asked) => value.zone === asked,
    IoOptimized: always(true),
    DeviceAvailable: always(true),
    HttpEndpoint: (_instance, asked) => asked === "enabled",
    HttpTokens: (_instance, asked) => asked === "optional",
    EipAddresses: never,
    HpcClusterId: never,
    HttpPutResponseHopLimit: never,
    InnerIpAddresses: never,
    InternetChargeType: never,
    "Ipv6Address.1": never,
    LockReason: never,
    PublicIpAddresses: never,
    RdmaIpAddresses: never,
    ResourceGroupId: ({ value }, asked) => value.resourceGroupId === asked,
};
