import type { Placed } from "../../core/kinds";
import { type Caller, operation } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { jsonList, required, text } from "../gateway/parameters";
import { carries, tags } from "../gateway/tagParameters";
import { addressesOf } from "../ids";
import { isoSeconds } from "../times";
import { listedBy } from "../visibility";
import { diskView } from "./disks";
import { type Server, serverKind } from "./holdings";
import { disksOf } from "./lookup";
import { plans } from "./plans";
import { tagViews } from "./tags";

function view(caller: Caller, { id, value: server }: Placed<Server>) {
    const { publicIp, privateIp } = addressesOf(id);
    const plan = plans.find((candidate) => candidate.id === server.planId);
    const bandwidth = plan?.bandwidthMbps ?? 0;
    return {
        InstanceId: id,
        InstanceName: server.name,
        Status: server.status,
        BusinessStatus: "Normal",
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
        DisableReason: "",
        DdosStatus: "Normal",
        Disks: disksOf(caller, id).map((disk) => diskView(caller, disk)),
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

/** "web*" finds what begins with web (ListInstances: fuzzy with *). */
function matches(name: string, asked: string): boolean {
    const parts = asked.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`).test(name);
}

export const serverListOperations = [
    operation({
        name: "ListInstances",
        reads: true,
        parameters: {
            RegionId: required(text()),
            InstanceIds: jsonList({ max: 100, isId: true }),
            InstanceName: text(),
            Status: text(),
            ChargeType: text({ values: ["PrePaid"] }),
            PublicIpAddresses: jsonList({ max: 100 }),
            PlanType: text(),
            Tag: tags,
            ...pageParameters(100),
        },
        run: (caller, asked) => {
            const isListed = listedBy(caller.sim);
            const found = caller.shelf
                .list(serverKind)
                .filter(
                    ({ id, value }) =>
                        isListed(value.createdAt) &&
                        (asked.InstanceIds?.includes(id) ?? true) &&
                        (asked.InstanceName === undefined || matches(value.name, asked.InstanceName)) &&
                        (asked.Status === undefined || value.status === asked.Status) &&
                        (asked.PlanType === undefined || asked.PlanType === "NORMAL") &&
                        (asked.PublicIpAddresses?.includes(addressesOf(id).publicIp) ?? true) &&
                        carries(value.tags, asked.Tag),
                );
            const { items, paging } = pageOf(found, asked);
            return { ...paging, Instances: items.map((server) => view(caller, server)) };
        },
    }),
    operation({
        name: "ListInstanceStatus",
        reads: true,
        parameters: {
            RegionId: required(text()),
            InstanceIds: jsonList({ max: 100, isId: true }),
            ...pageParameters(100),
        },
        run: (caller, asked) => {
            const found = caller.shelf.list(serverKind).filter(({ id }) => asked.InstanceIds?.includes(id) ?? true);
            const { items, paging } = pageOf(found, asked);
            return {
                ...paging,
                InstanceStatuses: items.map(({ id, value }) => ({ InstanceId: id, Status: value.status })),
            };
        },
    }),
];
