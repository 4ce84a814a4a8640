import type { Time } from "../../core/time";
import type { Proxies } from "../proxies";
import type { Random } from "../retry";
import type { CredentialSource } from "../settings";

/** The Huawei services that this provider uses. */
export type HuaweiService = "ims" | "ecs" | "evs" | "csbs" | "cbr" | "vpc" | "iam";

/** An account and how to connect to its cloud. */
export interface HuaweiConnection {
    /** The keys, requested before each request. */
    credentials: CredentialSource;
    /** The project of a region; `projectIdOf` in iam.ts requests it. Called once for each client. */
    projectIdOf(region: string): Promise<string>;
    /** URL with scheme, host and optional port; a path is ignored. `publicEndpoint` for the real clouds. */
    endpointOf(service: HuaweiService, region: string): string;
    /** @default direct connections */
    proxies?: Proxies;
    /** Clock and sleep for retries. */
    time: Time;
    /** Spreads the pauses between retries. */
    random?: Random;
    /** How long a request is retried, ms. @default RETRY_DEADLINE_MS */
    deadlineMs?: number;
    /**
     * Creates the client token of a request for which the caller has none.
     * @default crypto.randomUUID
     */
    newToken?: () => string;
    /** Ends the pauses between retries. */
    signal?: AbortSignal;
}

/** Source: docs/reference/huawei-api.md#endpoints. */
const DOMAINS = {
    huawei: "myhuaweicloud.com",
    otc: "otc.t-systems.com",
    flexibleEngine: "prod-cloud-ocb.orange-business.com",
} as const;

/** Huawei Cloud itself, or Open Telekom Cloud. */
export type HuaweiDomain = keyof typeof DOMAINS;

/** The real clouds' endpoints. */
export function publicEndpoint(cloud: HuaweiDomain, service: HuaweiService, region: string): string {
    return `https://${service}.${region}.${DOMAINS[cloud]}`;
}

/** The clouds of regions that are not Huawei Cloud's own (docs/reference/huawei-api.md#endpoints). */
export const domains = new Map<string, HuaweiDomain>([
    ["eu-de", "otc"],
    ["eu-nl", "otc"],
    ["eu-ch2", "otc"],
    ["eu-west-0", "flexibleEngine"],
]);

/** The cloud that a region belongs to. */
export const domainOf = (region: string): HuaweiDomain => domains.get(region) ?? "huawei";
