import { z } from "zod";
import { joinEqual, joinLookups } from "../joinedLookups";
import { allPages } from "../pages";
import { catalogueQueries } from "./catalogue";
import { domainOf, type HuaweiConnection } from "./connection";
import { isAboutOneObject, isGone } from "./failures";
import { jobQuery, startedJob } from "./jobs";
import { noContent, openRest, path } from "./rest";
import {
    type BlockDevice,
    blockDevices,
    type HuaweiServer,
    server as serverAnswer,
    serverPage,
    startedServers,
} from "./serverAnswers";

const SERVERS_PER_PAGE = 100;
/** Up to this many lookups are sent one by one instead of listing all servers. */
const MOST_SINGLE_LOOKUPS = 2;

/** A data disk of a new server. */
export interface DataVolume {
    /** "SSD", "SAS", "SATA", "GPSSD", "ESSD", ... */
    volumeType: string;
    /** 10 to 32768. */
    sizeGiB: number;
    /**
     * The disk of a whole image's backup to restore: the disk's snapshot id, or its original volume id. The size may be
     * increased, never reduced. Without it, the disk is an additional, blank one.
     */
    snapshotId?: string;
    multiattach?: boolean;
}

export interface CreateServerRequest {
    name: string;
    imageId: string;
    flavorId: string;
    vpcId: string;
    /** One network card is created for each subnet. */
    subnetIds: string[];
    /** Default of sizeGiB: the image's min_disk. */
    rootVolume: { volumeType: string; sizeGiB?: number };
    /** At most 59. A whole image restores its data disks even if they are not listed here. */
    dataVolumes?: DataVolume[];
    securityGroupIds?: string[];
    availabilityZone?: string;
    keyName?: string;
    adminPass?: string;
    /** Base64. */
    userData?: string;
    tags?: Record<string, string>;
    metadata?: Record<string, string>;
    /** At most 85 characters. */
    description?: string;
    /** The same token never creates a second server. @default a new token, valid for retries within this call */
    clientToken?: string;
}

function dataVolume({ volumeType, sizeGiB, snapshotId, multiattach }: DataVolume) {
    return {
        volumetype: volumeType,
        size: sizeGiB,
        multiattach,
        extendparam: snapshotId === undefined ? undefined : { snapshotId },
    };
}

function serverBody(request: CreateServerRequest) {
    const { rootVolume, tags } = request;
    return {
        server: {
            name: request.name,
            imageRef: request.imageId,
            flavorRef: request.flavorId,
            vpcid: request.vpcId,
            nics: request.subnetIds.map((id) => ({ subnet_id: id })),
            root_volume: { volumetype: rootVolume.volumeType, size: rootVolume.sizeGiB },
            data_volumes: request.dataVolumes?.map(dataVolume),
            security_groups: request.securityGroupIds?.map((id) => ({ id })),
            availability_zone: request.availabilityZone,
            key_name: request.keyName,
            adminPass: request.adminPass,
            user_data: request.userData,
            server_tags: tags && Object.entries(tags).map(([key, value]) => ({ key, value })),
            metadata: request.metadata,
            description: request.description,
        },
    };
}

/** The operation that creates a server. */
export const createOperation = "CreateServers";

export type ServersClient = ReturnType<typeof serversClient>;

/**
 * Elastic Cloud Server in one region: a method for each operation.
 *
 * @throws CloudError from every method, with the service's own code if it has one
 */
export function serversClient(connection: HuaweiConnection, region: string) {
    const rest = openRest(connection, "ecs", region);

    const startJob = (operation: string, action: "action" | "delete", body: object): Promise<string> =>
        rest.ask({
            operation,
            method: "POST",
            path: path`/v1/{project_id}/cloudservers/${action}`,
            body,
            answer: startedJob,
            idempotent: true,
        });

    const changeTags = (serverId: string, action: "create" | "delete", tags: { key: string; value?: string }[]) =>
        rest.ask({
            operation: "BatchServerTags",
            method: "POST",
            path: path`/v1/{project_id}/cloudservers/${serverId}/tags/action`,
            body: { action, tags },
            answer: noContent,
            idempotent: true,
        });

    const single = async (serverId: string): Promise<HuaweiServer[]> => {
        try {
            const found = await rest.ask({
                operation: "ShowServer",
                method: "GET",
                path: path`/v1/{project_id}/cloudservers/${serverId}`,
                answer: z.object({ server: serverAnswer }).transform((answer) => answer.server),
                idempotent: true,
            });
            return [found];
        } catch (error) {
            if (isGone(error)) return [];
            throw error;
        }
    };

    const servers = (filter: { name?: string } = {}): Promise<HuaweiServer[]> =>
        // The offset counts pages, from 1 (docs/reference/huawei-servers.md#server-fields).
        allPages({ cloud: rest.cloud, operation: "ListServersDetails" }, async (offset) => {
            const page = await rest.ask({
                operation: "ListServersDetails",
                method: "GET",
                path: path`/v1/{project_id}/cloudservers/detail`,
                query: { offset, limit: SERVERS_PER_PAGE, name: filter.name },
                answer: serverPage,
                idempotent: true,
            });
            return { items: page.servers, isLast: page.servers.length < SERVERS_PER_PAGE };
        });

    return {
        ...jobQuery(rest),

        ...catalogueQueries(rest),

        /**
         * Creates a server; `server` may not show its id while it is being created. If the answer is lost, the request
         * is retried only on Huawei Cloud: Open Telekom Cloud and Flexible Engine do not document its client token.
         */
        createServer: (request: CreateServerRequest): Promise<{ jobId: string; serverIds: string[] }> =>
            rest.ask({
                operation: createOperation,
                method: "POST",
                path: path`/v1/{project_id}/cloudservers`,
                headers: { "X-Client-Token": request.clientToken ?? rest.newToken() },
                body: serverBody(request),
                answer: startedServers,
                idempotent: domainOf(region) === "huawei",
            }),

        /**
         * One server; undefined if it does not exist (yet, or any more). Simultaneous lookups are joined: several
         * servers come from one list, and those that it does not show are requested by id.
         */
        server: joinLookups({
            find: async (take) => {
                const ids = take();
                const isMany = ids.length > MOST_SINGLE_LOOKUPS;
                const listed = isMany ? await servers() : [];
                const missing = ids.filter((id) => !listed.some((server) => server.id === id));
                return [...listed, ...(await Promise.all(missing.map(single))).flat()];
            },
            idOf: ({ id }) => id,
            isAboutOne: isAboutOneObject,
        }),

        /** Servers, all pages. @param filter name: matched fuzzily by the cloud */
        servers,

        /** All servers. Simultaneous calls are joined. */
        allServers: joinEqual((began) => {
            began();
            return servers();
        }),

        /** The disks of a server, with sizes. */
        blockDevices: (serverId: string): Promise<BlockDevice[]> =>
            rest.ask({
                operation: "ListServerBlockDevices",
                method: "GET",
                path: path`/v1/{project_id}/cloudservers/${serverId}/block_device`,
                answer: blockDevices,
                idempotent: true,
            }),

        /** Renames a server. @param change name 1 to 64 characters */
        updateServer: (serverId: string, change: { name: string }): Promise<void> =>
            rest.ask({
                operation: "UpdateServer",
                method: "PUT",
                path: path`/v1/{project_id}/cloudservers/${serverId}`,
                body: { server: change },
                answer: noContent,
                idempotent: true,
            }),

        /** Adds tags and replaces values of the same key. */
        setServerTags: (serverId: string, tags: Record<string, string>): Promise<void> =>
            changeTags(
                serverId,
                "create",
                Object.entries(tags).map(([key, value]) => ({ key, value })),
            ),

        /** Removes tags by key. */
        deleteServerTags: (serverId: string, keys: string[]): Promise<void> =>
            changeTags(
                serverId,
                "delete",
                keys.map((key) => ({ key })),
            ),

        /** Starts a stopped server and returns the job's id. */
        start: (serverId: string): Promise<string> =>
            startJob("BatchStartServers", "action", { "os-start": { servers: [{ id: serverId }] } }),

        /** Stops a server and returns the job's id. @param options type: "HARD" forces the shutdown @default "SOFT" */
        stop: (serverId: string, options: { type?: "SOFT" | "HARD" } = {}): Promise<string> =>
            startJob("BatchStopServers", "action", {
                "os-stop": { type: options.type ?? "SOFT", servers: [{ id: serverId }] },
            }),

        /**
         * Replaces the content of a stopped server's system disk with an image and returns the job's id. Data disks
         * stay unchanged, even with a whole image. The server runs afterwards. Not retried if the answer was lost.
         */
        changeOs: (
            serverId: string,
            { imageId, keyName, hasCloudInit }: { imageId: string; keyName?: string; hasCloudInit: boolean },
        ): Promise<string> =>
            rest.ask({
                operation: hasCloudInit ? "ChangeServerOsWithCloudInit" : "ChangeServerOsWithoutCloudInit",
                method: "POST",
                path: hasCloudInit
                    ? path`/v2/{project_id}/cloudservers/${serverId}/changeos`
                    : path`/v1/{project_id}/cloudservers/${serverId}/changeos`,
                body: { "os-change": { imageid: imageId, keyname: keyName } },
                answer: startedJob,
                idempotent: false,
            }),

        /** Deletes a server and returns the job's id. @param options deleteVolumes: also delete its data disks */
        deleteServer: (serverId: string, options: { deleteVolumes: boolean }): Promise<string> =>
            startJob("DeleteServers", "delete", {
                servers: [{ id: serverId }],
                delete_volume: options.deleteVolumes,
                delete_publicip: false,
            }),
    };
}
