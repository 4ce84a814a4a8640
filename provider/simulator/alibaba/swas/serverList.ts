import type { Placed } from "../../core/kinds";
import { type Caller, operation } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { jsonList, required, text } from "../gateway/parameters";
import { carries, tags } from "../gateway/tagParameters";
import { fitsWildcard } from "../gateway/wildcard";
import { addressesOf } from "../ids";
import { isoSeconds } from "../times";
import { listedOn } from "../visibility";
import { diskView } from "./disks";
import { isExpired } from "./expiry";
import { disksOf, regionOfServers } from "./lookup";
import { type Server, serverKind } from "./models";
import { planNamed } from "./plans";
import { tagViews } from "./tags";

function view(caller: Caller, { id, value: server }: Placed<Server>) {
    const { publicIp, privateIp } = addressesOf(id);
    const plan = planNamed(server.planId);
    const bandwidth = plan?.bandwidthMbps ?? 0;
    return {
        InstanceId: id,
        InstanceName: server.name,
        Status: server.status,
        BusinessStatus: isExpired(server, caller.now) ? "Expired" : "Normal",
        ImageId: server.imageId,
        Image: {
            ImageName: server.imageName,
            ImageType: server.imageType,
            ImageVersion: server.imageVersion,
            OsType: server.osType,
        },
        PlanId: server.planId,
        PlanType: "NORMAL",
        PublicIpAddress: publicIp,
        InnerIpAddress: privateIp,
        RegionId: caller.region,
        ChargeType: "PrePaid",
        CreationTime: isoSeconds(server.createdAt),
        ExpiredTime: isoSeconds(server.expiresAt),
        DisableReason: server.status === "Disabled" ? "EXPIRED" : "",
        DdosStatus: "Normal",
        Combination: false,
        Disks: disksOf(caller, id).map((disk) => ({ ...diskView(caller, disk), DiskTags: tagViews(disk.value.tags) })),
        ResourceSpec: {
            Cpu: plan?.cores ?? 0,
            Memory: plan?.memoryGiB ?? 0,
            DiskSize: plan?.diskGiB ?? 0,
            DiskCategory: "ESSD",
            Bandwidth: bandwidth,
            Flow: plan?.trafficGiB ?? 0,
        },
        NetworkAttributes: [{ PublicIpAddress: publicIp, PrivateIpAddress: privateIp, PeakBandwidth: bandwidth }],
        Tags: tagViews(server.tags),
        ResourceGroupId: "",
    };
}

/** The caller's servers that lists show. */
function listedServers(caller: Caller): Placed<Server>[] {
    const isListed = listedOn(caller.store);
    return caller.store.list(serverKind).filter(({ id }) => isListed(id));
}

export const serverListOperations = [
    operation({
        name: "ListInstances",
        reads: true,
        locate: regionOfServers,
        parameters: {
            RegionId: required(text()),
            InstanceIds: jsonList({ max: 100, isId: true }),
            InstanceName: text(),
            Status: text(),
            ChargeType: text({ values: ["PrePaid"] }),
            PublicIpAddresses: jsonList({ max: 100 }),
            PlanType: text(),
            // No simulated server is in a resource group, so the filter matches nothing.
            ResourceGroupId: text(),
            Tag: tags,
            ...pageParameters(100),
        },
        run: (caller, params) => {
            const found = listedServers(caller).filter(
                ({ id, value }) =>
                    (params.InstanceIds?.includes(id) ?? true) &&
                    (params.InstanceName === undefined || fitsWildcard(value.name, params.InstanceName)) &&
                    (params.Status === undefined || value.status === params.Status) &&
                    (params.PlanType === undefined || params.PlanType === "NORMAL") &&
                    (params.PublicIpAddresses?.includes(addressesOf(id).publicIp) ?? true) &&
                    params.ResourceGroupId === undefined &&
                    carries(value.tags, params.Tag),
            );
            const { items, paging } = pageOf(found, params);
            return { ...paging, Instances: items.map((server) => view(caller, server)) };
        },
    }),
    operation({
        name: "ListInstanceStatus",
        reads: true,
        locate: regionOfServers,
        parameters: {
            RegionId: required(text()),
            InstanceIds: jsonList({ max: 100, isId: true }),
            ...pageParameters(100),
        },
        run: (caller, params) => {
            const found = listedServers(caller).filter(({ id }) => params.InstanceIds?.includes(id) ?? true);
            const { items, paging } = pageOf(found, params);
            return {
                ...paging,
                InstanceStatuses: items.map(({ id, value }) => ({ InstanceId: id, Status: value.status })),
            };
        },
    }),
];
