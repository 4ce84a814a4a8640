import { z } from "zod";
import { list, optionalText, text } from "../../answerFields";
import { joinCalls, joinEqual } from "../../joinedLookups";
import { allPages, repeatedMarker } from "../../pages";
import { listByIds, lookupByIds } from "../paging";
import type { Rpc } from "../rpc";
import { ecsTags, type Tags, tagParameters } from "../tags";

const INSTANCES_PER_PAGE = 100;

const done = z.object({});

const addresses = z
    .object({ IpAddress: list(z.string()) })
    .nullish()
    .transform((found) => found?.IpAddress ?? []);

const instance = z
    .object({
        InstanceId: text,
        InstanceName: optionalText,
        Status: text,
        ImageId: optionalText,
        InstanceType: optionalText,
        ZoneId: optionalText,
        KeyPairName: optionalText,
        CreationTime: optionalText,
        VpcAttributes: z
            .object({ VpcId: optionalText, VSwitchId: optionalText, PrivateIpAddress: addresses })
            .nullish(),
        PublicIpAddress: addresses,
        SecurityGroupIds: z.object({ SecurityGroupId: list(text) }).nullish(),
        OperationLocks: z.object({ LockReason: list(z.unknown()) }).nullish(),
        Tags: ecsTags,
    })
    .transform((server) => ({
        instanceId: server.InstanceId,
        instanceName: server.InstanceName,
        /** Pending, Starting, Running, Stopping or Stopped. */
        status: server.Status,
        imageId: server.ImageId,
        instanceType: server.InstanceType,
        zoneId: server.ZoneId,
        keyPairName: server.KeyPairName,
        createdAt: server.CreationTime,
        vpcId: server.VpcAttributes?.VpcId,
        vSwitchId: server.VpcAttributes?.VSwitchId,
        privateIpAddresses: server.VpcAttributes?.PrivateIpAddress ?? [],
        publicIpAddresses: server.PublicIpAddress,
        securityGroupIds: server.SecurityGroupIds?.SecurityGroupId ?? [],
        /** True while an operation such as ReplaceSystemDisk is running, or if the server is blocked. */
        locked: (server.OperationLocks?.LockReason ?? []).length > 0,
        tags: server.Tags,
    }));

const instancePage = z
    .object({ Instances: z.object({ Instance: list(instance) }), NextToken: optionalText })
    .transform(({ Instances, NextToken }) => ({ items: Instances.Instance, nextToken: NextToken }));
const ran = z.object({ InstanceIdSets: z.object({ InstanceIdSet: z.array(text).min(1) }) });
const replaced = z.object({ DiskId: text });

export type EcsInstance = z.output<typeof instance>;

export interface RunInstancesRequest {
    imageId: string;
    instanceType: string;
    securityGroupId: string;
    vSwitchId: string;
    zoneId?: string;
    /** 1 to 100. @default 1 */
    amount?: number;
    instanceName?: string;
    hostName?: string;
    keyPairName?: string;
    password?: string;
    /** GiB, not less than the image. */
    systemDiskSizeGiB?: number;
    systemDiskCategory?: string;
    /** Mbit/s; 0 for no public address. */
    internetMaxBandwidthOut?: number;
    /** Base64. */
    userData?: string;
    tags?: Tags;
    /** @default a new token, so that retries within this call create one set of servers */
    clientToken?: string;
}

export interface ReplaceSystemDiskRequest {
    /** Must be Stopped. */
    instanceId: string;
    imageId: string;
    /** GiB, not less than before. */
    systemDiskSizeGiB?: number;
    keyPairName?: string;
    password?: string;
    /** @default a new token, so that retries within this call replace the disk once */
    clientToken?: string;
}

/** Servers of ECS. */
export function instanceActions(rpc: Rpc) {
    const act = async (action: string, query: Record<string, unknown>) => {
        await rpc.ask({ action, query, answer: done, idempotent: true });
    };

    /** @param first called each time the request for the first page is sent */
    const listPages = async (first: () => Record<string, unknown>): Promise<EcsInstance[]> => {
        let asked: Record<string, unknown> = {};
        const tokens = new Set<string | undefined>([undefined]);
        let nextToken: string | undefined;
        const operation = { cloud: rpc.cloud, operation: "DescribeInstances" };
        return allPages(operation, async (page) => {
            const answer = await rpc.ask({
                action: operation.operation,
                query: () => {
                    if (page === 1) asked = first();
                    return { ...asked, MaxResults: INSTANCES_PER_PAGE, NextToken: nextToken };
                },
                answer: instancePage,
                idempotent: true,
            });
            nextToken = answer.nextToken;
            const isLast = nextToken === undefined;
            if (!isLast && tokens.has(nextToken)) throw repeatedMarker(operation);
            tokens.add(nextToken);
            return { items: answer.items, isLast };
        });
    };

    const instancesOf = joinCalls<string, EcsInstance[]>({
        call: async (take) => {
            let images: readonly string[] = [];
            const instances = await listPages(() => {
                images = take();
                return { ImageId: images.length === 1 ? images[0] : undefined };
            });
            return (imageId) => instances.filter((instance) => instance.imageId === imageId);
        },
    });

    return {
        /** Creates servers and returns their ids; `describeInstances` may not show them for a short time. */
        async runInstances(request: RunInstancesRequest): Promise<string[]> {
            const { InstanceIdSets } = await rpc.ask({
                action: "RunInstances",
                query: {
                    ImageId: request.imageId,
                    InstanceType: request.instanceType,
                    SecurityGroupId: request.securityGroupId,
                    VSwitchId: request.vSwitchId,
                    ZoneId: request.zoneId,
                    Amount: request.amount,
                    InstanceName: request.instanceName,
                    HostName: request.hostName,
                    KeyPairName: request.keyPairName,
                    Password: request.password,
                    SystemDisk: { Size: request.systemDiskSizeGiB, Category: request.systemDiskCategory },
                    InternetMaxBandwidthOut: request.internetMaxBandwidthOut,
                    UserData: request.userData,
                    Tag: tagParameters(request.tags),
                    ClientToken: request.clientToken ?? rpc.newToken(),
                },
                answer: ran,
                idempotent: true,
            });
            return InstanceIdSets.InstanceIdSet;
        },

        /** Servers, all pages. `name` may contain `*`. */
        describeInstances: (
            filter: { instanceIds?: string[]; imageId?: string; name?: string } = {},
        ): Promise<EcsInstance[]> =>
            listByIds(filter.instanceIds, (ids) =>
                listPages(() => ({ InstanceIds: ids, ImageId: filter.imageId, InstanceName: filter.name })),
            ),

        /** One server; undefined if it does not exist (yet, or any more). Simultaneous lookups are joined. */
        instance: lookupByIds(
            rpc,
            {
                action: "DescribeInstances",
                parameter: "InstanceIds",
                query: { MaxResults: INSTANCES_PER_PAGE },
                page: instancePage,
            },
            ({ instanceId }) => instanceId,
        ),

        /**
         * The servers created from an image. Simultaneous lookups are joined: one list answers them for several images.
         */
        instancesOf,

        /** All servers. Simultaneous calls are joined. */
        allInstances: joinEqual((began) =>
            listPages(() => {
                began();
                return {};
            }),
        ),

        /** From Stopped. If the answer was lost, the retry may be refused with IncorrectInstanceStatus. */
        startInstance: (instanceId: string): Promise<void> => act("StartInstance", { InstanceId: instanceId }),

        /** From Running. If the answer was lost, the retry may be refused with IncorrectInstanceStatus. */
        stopInstance: (instanceId: string): Promise<void> => act("StopInstance", { InstanceId: instanceId }),

        /** @param request force: delete a Running server; without it, the server must be Stopped */
        deleteInstance: (request: { instanceId: string; force?: boolean }): Promise<void> =>
            act("DeleteInstance", { InstanceId: request.instanceId, Force: request.force }),

        /**
         * Replaces a stopped server's system disk with an image and returns the new disk's id; the old disk is
         * released. The operation is finished when the server is no longer `locked`.
         */
        async replaceSystemDisk(request: ReplaceSystemDiskRequest): Promise<string> {
            const { DiskId } = await rpc.ask({
                action: "ReplaceSystemDisk",
                query: {
                    InstanceId: request.instanceId,
                    ImageId: request.imageId,
                    SystemDisk: { Size: request.systemDiskSizeGiB },
                    KeyPairName: request.keyPairName,
                    Password: request.password,
                    ClientToken: request.clientToken ?? rpc.newToken(),
                },
                answer: replaced,
                idempotent: true,
            });
            return DiskId;
        },
    };
}
