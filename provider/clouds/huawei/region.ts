import type { HuaweiCloud } from "../cloud";
import type { Proxies } from "../proxies";
import { remembered } from "../remembered";
import type { CredentialSource } from "../settings";
import type { Time } from "../time";
import { type BackupKind, type BackupsClient, backupsClient } from "./backups";
import { type HuaweiConnection, type HuaweiDomain, type HuaweiService, publicEndpoint } from "./connection";
import { accountOf, projectIdOf } from "./iam";
import { type ImsClient, imsClient } from "./ims";
import type { HuaweiScope } from "./keys";
import { type ServersClient, serversClient } from "./servers";
import { type VolumesClient, volumesClient } from "./volumes";

/** Huawei Cloud or Open Telekom Cloud in one region, seen by one account. */
export interface HuaweiRegion {
    region: string;
    /** Whose cloud it is. */
    domain: HuaweiDomain;
    /** Where backups of servers go. */
    backupKind: BackupKind;
    /** The id of the account's project in this region. */
    project(): Promise<string>;
    /** The account that the keys belong to. */
    account(): Promise<{ id: string; name?: string }>;
    ims: ImsClient;
    servers: ServersClient;
    backups: BackupsClient;
    volumes: VolumesClient;
}

/** Whose regions these are; all others are Huawei Cloud's own (reference huawei.md 1.1). */
const domains = new Map<string, HuaweiDomain>([
    ["eu-de", "otc"],
    ["eu-nl", "otc"],
    ["eu-ch2", "otc"],
    ["eu-west-0", "flexibleEngine"],
]);

function domainOf(region: string): HuaweiDomain {
    return domains.get(region) ?? "huawei";
}

/** Where a service of the real clouds is. */
export function endpointOf({ iamEndpoint }: HuaweiScope, service: HuaweiService, region: string): string {
    if (service !== "iam" || iamEndpoint === undefined) return publicEndpoint(domainOf(region), service, region);
    return iamEndpoint.includes("://") ? iamEndpoint : `https://${iamEndpoint}`;
}

/** Opens a region; `url` is set when all services are behind one address, as in the simulator. */
export function openHuaweiRegion(options: {
    cloud: HuaweiCloud;
    credentials: CredentialSource;
    /** The project and account that go with the keys. */
    scope: HuaweiScope;
    proxies: Proxies;
    url: string | undefined;
    time: Time;
    random: () => number;
    /** How long a request is sent again, ms. */
    deadlineMs?: number;
}): HuaweiRegion {
    const { cloud, credentials, scope, proxies, url, time, random, deadlineMs } = options;
    const domain = domainOf(cloud.region);
    const account: Omit<HuaweiConnection, "projectIdOf"> = {
        credentials,
        proxies,
        endpointOf: (service, region) => url ?? endpointOf(scope, service, region),
        time,
        random,
        deadlineMs,
    };
    const connection: HuaweiConnection = {
        ...account,
        projectIdOf: remembered((region: string) => projectIdOf(account, region, scope)),
    };
    return {
        region: cloud.region,
        domain,
        backupKind: cloud.profile ?? "cbr",
        project: () => connection.projectIdOf(cloud.region),
        account: () => accountOf(account, cloud.region),
        ims: imsClient(connection, cloud.region),
        servers: serversClient(connection, cloud.region),
        backups: backupsClient(connection, cloud.region),
        volumes: volumesClient(connection, cloud.region),
    };
}
