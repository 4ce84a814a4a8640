import { z } from "zod";
import { list, optionalText, text, total } from "../../answerFields";
import { listAll, listByIds, listTogether, lookupByIds, onePage } from "../paging";
import type { Rpc } from "../rpc";
import { swasTags } from "../tags";

const done = z.object({});

const instance = z
    .object({
        InstanceId: text,
        InstanceName: optionalText,
        Status: text,
        BusinessStatus: optionalText,
        DisableReason: optionalText,
        ImageId: optionalText,
        Image: z.object({ OsType: optionalText }).nullish(),
        PlanId: optionalText,
        PublicIpAddress: optionalText,
        InnerIpAddress: optionalText,
        CreationTime: optionalText,
        ExpiredTime: optionalText,
        Tags: swasTags,
    })
    .transform((server) => ({
        instanceId: server.InstanceId,
        instanceName: server.InstanceName,
        /** Pending, Starting, Running, Stopping, Stopped, Resetting, Upgrading or Disabled. */
        status: server.Status,
        /** Normal, Expired or Overdue. */
        businessStatus: server.BusinessStatus,
        /** FINANCIAL, SECURITY or EXPIRED. */
        disableReason: server.DisableReason,
        imageId: server.ImageId,
        /** "Linux" or "Windows". */
        osType: server.Image?.OsType,
        planId: server.PlanId,
        publicIpAddress: server.PublicIpAddress,
        privateIpAddress: server.InnerIpAddress,
        createdAt: server.CreationTime,
        expiresAt: server.ExpiredTime,
        tags: server.Tags,
    }));

const instancePage = z
    .object({ Instances: list(instance), TotalCount: total })
    .transform(({ Instances, TotalCount }) => ({ items: Instances, total: TotalCount }));

const statusPage = z
    .object({ InstanceStatuses: list(z.object({ InstanceId: text, Status: text })), TotalCount: total })
    .transform(({ InstanceStatuses, TotalCount }) => ({
        items: InstanceStatuses.map(({ InstanceId, Status }) => ({ instanceId: InstanceId, status: Status })),
        total: TotalCount,
    }));

const created = z.object({ InstanceIds: z.array(text).min(1) });

export type SwasInstance = z.output<typeof instance>;

export interface CreateInstancesRequest {
    imageId: string;
    planId: string;
    /** Months: 1, 3, 6, 12, 24 or 36. Paid in advance. */
    period: number;
    /** 1 to 20. */
    amount: number;
    /** GiB, a multiple of 20 up to 16380; no data disk if omitted. */
    dataDiskSize?: number;
    /** At most 64 ASCII characters; the same token never buys a second server. */
    clientToken: string;
}

/** Servers. There is no deletion: a server ends when it expires, or by `refundInstance` in bss.ts. */
export function instanceActions(rpc: Rpc) {
    const changePower = async (action: "StartInstance" | "StopInstance", instanceId: string) => {
        await rpc.ask({ action, query: { InstanceId: instanceId }, answer: done, idempotent: true });
    };

    return {
        /** Servers, all pages. `name` may contain `*`. */
        listInstances: (filter: { instanceIds?: string[]; name?: string } = {}): Promise<SwasInstance[]> =>
            listByIds(filter.instanceIds, (ids) =>
                listAll(rpc, {
                    action: "ListInstances",
                    query: { InstanceIds: ids, InstanceName: filter.name },
                    page: instancePage,
                }),
            ),

        /** One server; undefined if it does not exist. Simultaneous lookups are joined. */
        instance: lookupByIds(
            rpc,
            { action: "ListInstances", parameter: "InstanceIds", query: onePage, page: instancePage },
            ({ instanceId }) => instanceId,
        ),

        /** All servers. Simultaneous calls are joined. */
        allInstances: listTogether(rpc, { action: "ListInstances", page: instancePage }),

        /** Only ids and statuses, all pages. */
        listInstanceStatus: (
            filter: { instanceIds?: string[] } = {},
        ): Promise<{ instanceId: string; status: string }[]> =>
            listByIds(filter.instanceIds, (ids) =>
                listAll(rpc, { action: "ListInstanceStatus", query: { InstanceIds: ids }, page: statusPage }),
            ),

        /** Buys servers and returns their ids; they are Pending at first. Name and tags can be set only afterwards. */
        async createInstances(request: CreateInstancesRequest): Promise<string[]> {
            const { InstanceIds } = await rpc.ask({
                action: "CreateInstances",
                query: {
                    ImageId: request.imageId,
                    PlanId: request.planId,
                    Period: request.period,
                    Amount: request.amount,
                    DataDiskSize: request.dataDiskSize,
                    ClientToken: request.clientToken,
                },
                answer: created,
                idempotent: true,
            });
            return InstanceIds;
        },

        /** From Stopped. If the answer was lost, the retry may be refused with IncorrectInstanceStatus. */
        startInstance: (instanceId: string): Promise<void> => changePower("StartInstance", instanceId),

        /** From Running. If the answer was lost, the retry may be refused with IncorrectInstanceStatus. */
        stopInstance: (instanceId: string): Promise<void> => changePower("StopInstance", instanceId),

        /**
         * Resets the system disk to an image; the server is Resetting, then Running. Its snapshots are kept, but the
         * disk can no longer be rolled back to them.
         *
         * @param request the image must be in the same region, and must not have been created from this server
         * @throws CloudError IncorrectInstanceStatus unless the server is Running or Stopped
         */
        async resetSystem(request: { instanceId: string; imageId: string; keyPairName?: string }): Promise<void> {
            await rpc.ask({
                action: "ResetSystem",
                query: {
                    InstanceId: request.instanceId,
                    ImageId: request.imageId,
                    LoginCredentials: { KeyPairName: request.keyPairName },
                    // The same disk may be reset to the same image again later, so a constant token cannot be used.
                    ClientToken: rpc.newToken(),
                },
                answer: done,
                idempotent: true,
            });
        },

        /** @param request instanceName 2 to 50 letters, digits, `_` and `-`, starting with a letter or digit */
        async updateInstanceAttribute(request: { instanceId: string; instanceName: string }): Promise<void> {
            await rpc.ask({
                action: "UpdateInstanceAttribute",
                query: { InstanceId: request.instanceId, InstanceName: request.instanceName },
                answer: done,
                idempotent: true,
            });
        },
    };
}
