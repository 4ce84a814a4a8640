import type { Time } from "../core/time";
import { instanceKeys as alibabaInstance } from "./alibaba/keyChain";
import { keySource as alibabaSource } from "./alibaba/keySource";
import type { AlibabaCloud, HuaweiCloud } from "./cloud";
import { alibabaKeys, huaweiKeys, type KeySources, noKeys } from "./credentials";
import { CloudError, UserError } from "./errors";
import { keySource as huaweiSource } from "./huawei/keySource";
import type { HuaweiKeys, HuaweiScope } from "./huawei/keys";
import { endpointOf } from "./huawei/region";
import type { FoundKeys } from "./profileFiles";
import type { Proxies } from "./proxies";
import type { CredentialSource } from "./settings";
import type { SharedConnections } from "./sharedConnections";

/** One account, and the source of its keys. */
export interface Account {
    /** Distinguishes the account from others. */
    key: unknown;
    credentials: CredentialSource;
}

/** The accounts that a configuration gives access to. */
export interface Accounts {
    alibaba(cloud: AlibabaCloud): Promise<Account>;
    huawei(cloud: HuaweiCloud): Promise<Account & { scope: HuaweiScope }>;
}

/** Shared sources of keys: temporary keys are requested once for all resources. */
export type SharedSources = SharedConnections<CredentialSource>;

/** Base URLs of the metadata services, in tests. */
export interface MetadataUrls {
    alibaba?: string;
    huawei?: string;
}

interface Services {
    /** The base URL of a simulator; undefined for the public clouds. */
    url: string | undefined;
    proxies: Proxies;
    time: Time;
    metadata?: MetadataUrls;
}

/** The accounts of configuration, environment and profile files. */
export function accountsBy(sources: KeySources, shared: SharedSources, services: Services): Accounts {
    const { url, metadata, ...rest } = services;
    const { environment } = sources;
    /** The checks whether this machine is an instance that has keys, one for each cloud. */
    const probes = new Map<"alibaba" | "huawei", Promise<unknown>>();

    /** Most machines without keys are not cloud instances. The error for them is that no keys are configured. */
    async function probe(cloud: "alibaba" | "huawei", credentials: CredentialSource): Promise<void> {
        const probing = probes.get(cloud) ?? credentials();
        probes.set(cloud, probing);
        await probing.catch((error: unknown) => {
            throw error instanceof UserError || error instanceof CloudError ? noKeys(cloud) : error;
        });
    }

    return {
        async alibaba({ account }) {
            const open = (found: Parameters<typeof alibabaSource>[0]) =>
                shared.get(["alibaba", url, found.keys], () =>
                    alibabaSource(found, { url, metadataUrl: metadata?.alibaba, ...rest }),
                );
            const found = alibabaKeys(account, sources);
            if (found) return { key: found.keys, credentials: open(found) };
            const instance = url === undefined ? alibabaInstance(environment) : undefined;
            if (!instance) throw noKeys("alibaba");
            const credentials = open(instance);
            await probe("alibaba", credentials);
            return { key: instance.keys, credentials };
        },

        async huawei({ account, region }) {
            const open = (found: FoundKeys<HuaweiKeys>) => {
                const iamUrl = url ?? endpointOf(found.keys, "iam", region);
                return shared.get(["huawei", iamUrl, found.keys], () =>
                    huaweiSource(found, { iamUrl, metadataUrl: metadata?.huawei, ...rest }),
                );
            };
            const found = huaweiKeys(account, sources);
            if (found) return { key: found.keys, credentials: open(found), scope: found.keys };
            if (url !== undefined) throw noKeys("huawei");
            const instance: FoundKeys<HuaweiKeys> = {
                keys: { kind: "instance" },
                origin: "the agency of this ECS instance",
            };
            const credentials = open(instance);
            await probe("huawei", credentials);
            return { key: instance.keys, credentials, scope: {} };
        },
    };
}
