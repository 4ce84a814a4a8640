import type { Time } from "../../core/time";
import type { Pacer } from "../pacing";
import type { Proxies } from "../proxies";
import type { Random } from "../retry";
import type { CredentialSource } from "../settings";

/** The Alibaba Cloud products that this provider uses. */
export type AlibabaProduct = "swas" | "ecs" | "vpc" | "bss" | "sts";

/** An account and how to connect to its cloud. */
export interface AlibabaConnection {
    /** The keys, requested before each request. */
    credentials: CredentialSource;
    /** URL with scheme, host and optional port; a path is ignored. `publicEndpoint` for the real cloud. */
    endpointOf(product: AlibabaProduct, region: string): string;
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
    /** The account's pacer, which keeps products with a call quota within it. @default no pacing */
    pacer?: Pacer;
}

/**
 * The real cloud's endpoints. The SDK's default for SWAS is not the documented host, so it is not used
 * (docs/reference/alibaba-api.md#endpoints).
 */
export function publicEndpoint(product: AlibabaProduct, region: string): string {
    // The billing API has one host for all regions of the China site.
    return product === "bss" ? "https://business.aliyuncs.com" : `https://${product}.${region}.aliyuncs.com`;
}
