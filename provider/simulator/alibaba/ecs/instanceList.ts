import type { Placed } from "../../core/kinds";
import { creationFilter, filterParameters, isCreatedIn, passes } from "../gateway/filters";
import { type Caller, operation } from "../gateway/operation";
import { tokenPageOf, tokenParameters } from "../gateway/paging";
import { flag, jsonList, repeated, required, text } from "../gateway/parameters";
import { carries, tags } from "../gateway/tagParameters";
import { addressesOf } from "../ids";
import { isoMinutes } from "../times";
import { listedOn } from "../visibility";
import { instanceFilters, vpcOf } from "./instanceFilters";
import { type EcsInstance, ecsInstanceKind } from "./models";
import { tagViews } from "./tags";

/** The private address of an instance, if it is in a VPC. */
function addresses({ id: instanceId, value }: Placed<EcsInstance>): string[] {
    return value.vSwitchId === "" ? [] : [addressesOf(instanceId).privateIp];
}

function view(caller: Caller, placed: Placed<EcsInstance>) {
    const { id: instanceId, value: instance } = placed;
    return {
        InstanceId: instanceId,
        InstanceName: instance.name,
        Status: instance.status,
        ImageId: instance.imageId,
        OSType: instance.osType,
        OSName: instance.osName,
        InstanceType: instance.instanceType,
        RegionId: caller.region,
        ZoneId: instance.zone,
        InstanceChargeType: instance.chargeType,
        CreationTime: isoMinutes(instance.createdAt),
        // ECS shows this time for an instance that does not expire.
        ExpiredTime: "2099-12-31T15:59Z",
        KeyPairName: instance.keyPairName,
        VpcAttributes: {
            VpcId: vpcOf(instance),
            VSwitchId: instance.vSwitchId,
            NatIpAddress: "",
            PrivateIpAddress: { IpAddress: addresses(placed) },
        },
        PublicIpAddress: { IpAddress: instance.internetMbps > 0 ? [addressesOf(instanceId).publicIp] : [] },
        SecurityGroupIds: { SecurityGroupId: instance.securityGroupIds },
        HostName: instance.hostName,
        Description: instance.description,
        OSNameEn: instance.osName.replace("64位", "64 bit"),
        InstanceNetworkType: instance.vSwitchId === "" ? "classic" : "vpc",
        InstanceTypeFamily: instance.instanceType.split(".").slice(0, 2).join("."),
        InternetChargeType: instance.internetChargeType,
        InternetMaxBandwidthOut: instance.internetMbps,
        IoOptimized: true,
        DeviceAvailable: true,
        DeletionProtection: instance.isProtected,
        ResourceGroupId: instance.resourceGroupId,
        StoppedMode: "Not-applicable",
        OperationLocks: { LockReason: [] },
        Tags: { Tag: tagViews(instance.tags) },
    };
}

export const describeInstances = operation({
    name: "DescribeInstances",
    reads: true,
    parameters: {
        RegionId: required(text()),
        InstanceIds: jsonList({ max: 100, isId: true }),
        PrivateIpAddresses: jsonList({ max: 100 }),
        Status: text({ values: ["Pending", "Starting", "Running", "Stopping", "Stopped"] }),
        Tag: tags,
        Filter: creationFilter,
        DryRun: flag,
        // The additional attributes are not simulated.
        AdditionalAttributes: repeated({ max: 10 }),
        NeedSaleCycle: flag,
        ...filterParameters(instanceFilters),
        ...tokenParameters,
    },
    run: (caller, params) => {
        const isListed = listedOn(caller.store);
        const found = caller.store
            .list(ecsInstanceKind)
            .filter(
                (instance) =>
                    isListed(instance.id) &&
                    (params.InstanceIds?.includes(instance.id) ?? true) &&
                    (params.PrivateIpAddresses?.some((address) => addresses(instance).includes(address)) ?? true) &&
                    (params.Status === undefined || instance.value.status === params.Status) &&
                    isCreatedIn(params.Filter, instance.value.createdAt) &&
                    passes(instance, instanceFilters, params) &&
                    carries(instance.value.tags, params.Tag),
            );
        const { items, paging } = tokenPageOf(found, params);
        return { ...paging, Instances: { Instance: items.map((item) => view(caller, item)) } };
    },
});
