import { closestWord } from "../../core/closestWord";
import type { Time } from "../../core/time";
import type { HuaweiCloud } from "../cloud";
import type { Proxies } from "../proxies";
import { remembered } from "../remembered";
import type { CredentialSource } from "../settings";
import { type BackupKind, type BackupsClient, backupsClient } from "./backups";
import {
    domainOf,
    domains,
    type HuaweiConnection,
    type HuaweiDomain,
    type HuaweiService,
    publicEndpoint,
} from "./connection";
import { accountOf, projectIdOf, projectNames } from "./iam";
import { type ImsClient, imsClient } from "./ims";
import type { HuaweiScope } from "./keys";
import { type NetworksClient, networksClient } from "./networks";
import { type ServersClient, serversClient } from "./servers";
import { type VolumesClient, volumesClient } from "./volumes";

/** Huawei Cloud or Open Telekom Cloud in one region, for one account. */
export interface HuaweiRegion {
    region: string;
    /** The cloud that the region belongs to. */
    domain: HuaweiDomain;
    /** The service that stores backups of servers. */
    backupKind: BackupKind;
    /** The id of the account's project in this region. */
    project(): Promise<string>;
    /** The account that the keys belong to. */
    account(): Promise<{ id: string; name?: string }>;
    /**
     * The names of the account's projects, one for each region, as of the first request of this process. The request
     * uses the IAM of a region that is known to exist.
     */
    projectNames(): Promise<string[]>;
    ims: ImsClient;
    servers: ServersClient;
    backups: BackupsClient;
    volumes: VolumesClient;
    networks: NetworksClient;
}

/** The endpoint of a service of the real clouds. */
export function endpointOf({ iamEndpoint }: HuaweiScope, service: HuaweiService, region: string): string {
    if (service !== "iam" || iamEndpoint === undefined) return publicEndpoint(domainOf(region), service, region);
    return iamEndpoint.includes("://") ? iamEndpoint : `https://${iamEndpoint}`;
}

/** Known regions: the IAM of each of them can list the account's projects (docs/reference/huawei-api.md#endpoints). */
const knownRegions = [
    "cn-north-4",
    "cn-north-1",
    "cn-north-9",
    "cn-east-2",
    "cn-east-3",
    "cn-south-1",
    "cn-southwest-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "af-south-1",
    "la-south-2",
    "la-north-2",
    "na-mexico-1",
    "sa-brazil-1",
    "tr-west-1",
    "me-east-1",
    "eu-west-101",
    ...domains.keys(),
];

/** Opens a region; `url` is set if all services have one address, as in the simulator. */
export function openHuaweiRegion(options: {
    cloud: HuaweiCloud;
    credentials: CredentialSource;
    /** The project and the account of the keys. */
    scope: HuaweiScope;
    proxies: Proxies;
    url: string | undefined;
    time: Time;
    random: () => number;
    /** How long a request is retried, ms. */
    deadlineMs?: number;
}): HuaweiRegion {
    const { cloud, credentials, scope, proxies, url, time, random, deadlineMs } = options;
    const account: Omit<HuaweiConnection, "projectIdOf"> = {
        credentials,
        proxies,
        endpointOf: (service, region) => url ?? endpointOf(scope, service, region),
        time,
        random,
        deadlineMs,
    };
    // The host of a region that does not exist has no address, so a request to it would get no answer.
    const home = closestWord(cloud.region, knownRegions) ?? "eu-de";
    const names = remembered<undefined, string[]>(() => projectNames(account, home));
    const connection: HuaweiConnection = {
        ...account,
        projectIdOf: remembered((region: string) => projectIdOf(account, region, scope)),
    };
    return {
        region: cloud.region,
        domain: domainOf(cloud.region),
        backupKind: cloud.profile ?? "cbr",
        project: () => connection.projectIdOf(cloud.region),
        account: () => accountOf(account, cloud.region),
        projectNames: () => names(undefined),
        ims: imsClient(connection, cloud.region),
        servers: serversClient(connection, cloud.region),
        backups: backupsClient(connection, cloud.region),
        volumes: volumesClient(connection, cloud.region),
        networks: networksClient(connection, cloud.region),
    };
}
