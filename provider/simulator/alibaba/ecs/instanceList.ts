import type { Placed } from "../../core/kinds";
import { type Caller, operation } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { id, integer, jsonList, required, text } from "../gateway/parameters";
import { carries, tags } from "../gateway/tagParameters";
import { addressesOf } from "../ids";
import { isoMinutes } from "../times";
import { listedBy } from "../visibility";
import { type EcsInstance, ecsInstanceKind } from "./holdings";
import { tagViews } from "./tags";

function view(caller: Caller, { id: instanceId, value: instance }: Placed<EcsInstance>) {
    const isInVpc = instance.vSwitchId !== "";
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
        // What ECS shows for an instance that does not expire.
        ExpiredTime: "2099-12-31T15:59Z",
        KeyPairName: instance.keyPairName,
        VpcAttributes: {
            VpcId: isInVpc ? `vpc-${instance.vSwitchId.replace(/^vsw-/, "")}` : "",
            VSwitchId: instance.vSwitchId,
            NatIpAddress: "",
            PrivateIpAddress: { IpAddress: isInVpc ? [addressesOf(instanceId).privateIp] : [] },
        },
        PublicIpAddress: { IpAddress: [] },
        SecurityGroupIds: { SecurityGroupId: instance.securityGroupId ? [instance.securityGroupId] : [] },
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
        ImageId: id,
        Status: text({ values: ["Pending", "Starting", "Running", "Stopping", "Stopped"] }),
        InstanceName: text(),
        Tag: tags,
        /** With NextToken, instead of the older page numbers. */
        MaxResults: integer({ min: 1, max: 100 }),
        NextToken: text({ pattern: /^\d{1,9}$/ }),
        ...pageParameters(100),
    },
    run: (caller, asked) => {
        const isListed = listedBy(caller.sim);
        const found = caller.shelf
            .list(ecsInstanceKind)
            .filter(
                ({ id: instanceId, value }) =>
                    isListed(value.createdAt) &&
                    (asked.InstanceIds?.includes(instanceId) ?? true) &&
                    (asked.ImageId === undefined || value.imageId === asked.ImageId) &&
                    (asked.Status === undefined || value.status === asked.Status) &&
                    (asked.InstanceName === undefined || value.name === asked.InstanceName) &&
                    carries(value.tags, asked.Tag),
            );
        if (asked.MaxResults === undefined && asked.NextToken === undefined) {
            const { items, paging } = pageOf(found, asked);
            return { ...paging, NextToken: "", Instances: { Instance: items.map((item) => view(caller, item)) } };
        }
        const start = Number(asked.NextToken ?? 0);
        const next = start + (asked.MaxResults ?? 10);
        const items = found.slice(start, next);
        return {
            TotalCount: found.length,
            PageNumber: 0,
            PageSize: 0,
            NextToken: next < found.length ? String(next) : "",
            Instances: { Instance: items.map((item) => view(caller, item)) },
        };
    },
});
