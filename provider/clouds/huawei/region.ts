import type { HuaweiCloud } from "../cloud";
import { remembered } from "../remembered";
import type { Credentials } from "../settings";
import type { Time } from "../time";
import { type BackupKind, type BackupsClient, backupsClient } from "./backups";
import { type HuaweiConnection, type HuaweiDomain, publicEndpoint } from "./connection";
import { projectIdOf } from "./iam";
import { type ImsClient, imsClient } from "./ims";
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

/** Opens a region; `url` is set when all services are behind one address, as in the simulator. */
export function openHuaweiRegion(options: {
    cloud: HuaweiCloud;
    keys: Credentials;
    url: string | undefined;
    time: Time;
    random: () => number;
    /** How long a request is sent again, ms. */
    deadlineMs?: number;
}): HuaweiRegion {
    const { cloud, keys, url, time, random, deadlineMs } = options;
    const domain = domains.get(cloud.region) ?? "huawei";
    const account: Omit<HuaweiConnection, "projectIdOf"> = {
        accessKey: keys.accessKeyId,
        secretKey: keys.accessKeySecret,
        securityToken: keys.securityToken,
        endpointOf: url === undefined ? (service, region) => publicEndpoint(domain, service, region) : () => url,
        time,
        random,
        deadlineMs,
    };
    const connection: HuaweiConnection = {
        ...account,
        projectIdOf: remembered((region: string) => projectIdOf(account, region)),
    };
    return {
        region: cloud.region,
        domain,
        backupKind: cloud.profile ?? "cbr",
        project: () => connection.projectIdOf(cloud.region),
        ims: imsClient(connection, cloud.region),
        servers: serversClient(connection, cloud.region),
        backups: backupsClient(connection, cloud.region),
        volumes: volumesClient(connection, cloud.region),
    };
}
