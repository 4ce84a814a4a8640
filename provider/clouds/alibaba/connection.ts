import type { Time } from "../../core/time";
import type { Pacer } from "../pacing";
import type { Proxies } from "../proxies";
import type { Random } from "../retry";
import type { CredentialSource } from "../settings";

/** The Alibaba Cloud products that are spoken to. */
export type AlibabaProduct = "swas" | "ecs" | "vpc" | "bss" | "sts";

/** An account and the way to reach its clouds. */
export interface AlibabaConnection {
    /** The keys, asked for before each request. */
    credentials: CredentialSource;
    /** URL with scheme, host and optional port; a path is ignored. `publicEndpoint` for the real cloud. */
    endpointOf(product: AlibabaProduct, region: string): string;
    /** @default every request goes straight */
    proxies?: Proxies;
    /** Clock and sleep for retries. */
    time: Time;
    /** Spreads the pauses between retries. */
    random?: Random;
    /** How long a request is sent again, ms. @default RETRY_DEADLINE_MS */
    deadlineMs?: number;
    /**
     * Makes the client token of a request for which the caller has none.
     * @default crypto.randomUUID
     */
    newToken?: () => string;
    /** Ends the waiting between retries. */
    signal?: AbortSignal;
    /** Of the account: keeps the products that have a quota of calls within it. @default nothing is held back */
    pacer?: Pacer;
}

/**
 * The real cloud's endpoints. The SDK's own default for SWAS is not the documented host, so it is never used
 * (docs/reference/alibaba-api.md#endpoints).
 */
export function publicEndpoint(product: AlibabaProduct, region: string): string {
    // The billing API has one host for all regions of the China site.
    return product === "bss" ? "https://business.aliyuncs.com" : `https://${product}.${region}.aliyuncs.com`;
}
