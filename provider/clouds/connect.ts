import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { closestWord } from "../core/closestWord";
import { type Time, wallClock } from "../core/time";
import type { RunningSimulator, SimulatorOptions } from "../simulator";
import { type Accounts, accountsBy, type MetadataUrls, type SharedSources } from "./accounts";
import { type BssClient, bssClient } from "./alibaba/bss";
import { publicEndpoint as alibabaEndpoint } from "./alibaba/connection";
import { type EcsClient, ecsClient } from "./alibaba/ecs";
import { type StsClient, stsClient } from "./alibaba/sts";
import { type SwasClient, swasClient } from "./alibaba/swas";
import { type VpcClient, vpcClient } from "./alibaba/vpc";
import type { AlibabaCloud, HuaweiCloud } from "./cloud";
import type { KeySources } from "./credentials";
import { UserError } from "./errors";
import { type HuaweiRegion, openHuaweiRegion } from "./huawei/region";
import { Pacer } from "./pacing";
import { noFiles, type ProfileFiles } from "./profileFiles";
import { type Proxies, proxiesFrom } from "./proxies";
import {
    type Credentials,
    callQuotaFrom,
    configKeys,
    pollMsFrom,
    type ReadConfig,
    speedFrom,
    type Where,
    whereFrom,
} from "./settings";
import { SharedConnections } from "./sharedConnections";

/** Alibaba Cloud in one region, for one account. */
export interface AlibabaRegion {
    region: string;
    swas: SwasClient;
    ecs: EcsClient;
    vpc: VpcClient;
    bss: BssClient;
    sts: StsClient;
    /** The same account in another region. */
    elsewhere(region: string): AlibabaRegion;
    /** Whether the endpoint also serves actions that the public API does not have. */
    isSimulated: boolean;
}

/** The clouds that the stack's configuration selects. */
export interface Clouds {
    alibaba(cloud: AlibabaCloud): Promise<AlibabaRegion>;
    huawei(cloud: HuaweiCloud): Promise<HuaweiRegion>;
    /** The shortest time between two polls of the same object, ms. It keeps within the clouds' quotas. */
    pollMs: number;
    /** How many times faster than the machine's clock the clouds' clock runs: 1 unless they are simulated. */
    speed: number;
    /** The date of the clouds, ms since 1970; undefined if unknown, as for a simulator at another address. @default unknown */
    date?(): Promise<number | undefined>;
    /** Warnings about failed lookups that this run has shown for any resource. @default one set for each connection */
    shownWarnings?: Set<string>;
}

/** Connections that are shared by all resources that use the same cloud. */
export interface Shared {
    pacers: SharedConnections<Pacer>;
    alibaba: SharedConnections<AlibabaRegion>;
    huawei: SharedConnections<HuaweiRegion>;
    sources: SharedSources;
    shownWarnings: Set<string>;
}

export function newShared(): Shared {
    return {
        pacers: new SharedConnections(),
        alibaba: new SharedConnections(),
        huawei: new SharedConnections(),
        sources: new SharedConnections(),
        shownWarnings: new Set(),
    };
}

/** A base URL, or undefined for the public clouds, with its accounts. */
interface Reached {
    url: string | undefined;
    /** Returns the date of the clouds; undefined if it is unknown. */
    date: (() => number) | undefined;
    accounts: Accounts;
}

/** Simulators that this process runs, by data file. */
const embedded = new Map<string, Promise<RunningSimulator>>();

function host(where: Where & { kind: "embedded" }): Promise<RunningSimulator> {
    const data = resolve(where.data);
    let running = embedded.get(data);
    if (!running) {
        mkdirSync(dirname(data), { recursive: true });
        running = startEmbedded({ data, clock: where.clock, profile: where.profile });
        embedded.set(data, running);
    }
    return running;
}

/** Loads the simulator only if it is needed. */
async function startEmbedded(options: SimulatorOptions): Promise<RunningSimulator> {
    const { startSimulator } = await import("../simulator/index.js");
    return startSimulator(options);
}

/** The accounts of a simulator have names. Without a name, the first account of a cloud is used. */
function simulatedAccounts(simulator: RunningSimulator): Accounts {
    const keysOf = (cloud: "alibaba" | "huawei", account: string | undefined): Credentials => {
        const accounts = simulator.accounts.filter((candidate) => candidate.cloud === cloud);
        const found = account === undefined ? accounts[0] : accounts.find(({ name }) => name === account);
        const keys = found?.keys[0];
        if (keys) return keys;
        if (account === undefined) throw new UserError(`the embedded simulator has no ${cloud} account`);
        const names = accounts.flatMap(({ name }) => name ?? []);
        const closest = closestWord(account, names);
        throw new UserError(
            `the embedded simulator has no ${cloud} account ${account}: ` +
                `${closest === undefined ? "" : `did you mean "${closest}"? `}It has ${names.join(", ") || "none"}. ` +
                `${configKeys.accounts} names accounts of the real clouds`,
        );
    };
    return {
        async alibaba({ account }) {
            const keys = keysOf("alibaba", account);
            return { key: keys, credentials: async () => keys };
        },
        async huawei({ account }) {
            const keys = keysOf("huawei", account);
            return { key: keys, credentials: async () => keys, scope: {} };
        },
    };
}

interface Reaching {
    sources: KeySources;
    shared: Shared;
    proxies: Proxies;
    time: Time;
    metadata?: MetadataUrls;
}

async function reach(where: Where, { sources, shared, ...services }: Reaching): Promise<Reached> {
    if (where.kind !== "embedded") {
        const url = where.kind === "endpoint" ? where.url : undefined;
        // A simulator may have a virtual clock, which its answers do not show.
        const date = url === undefined ? wallClock : undefined;
        return { url, date, accounts: accountsBy(sources, shared.sources, { ...services, url }) };
    }
    const simulator = await host(where);
    return { url: simulator.url, date: () => simulator.sim.clock.now(), accounts: simulatedAccounts(simulator) };
}

/** Opens the clouds that the configuration selects. No cloud is contacted and no key is read before it is needed. */
export function connectClouds(options: {
    config: ReadConfig;
    environment: Readonly<Record<string, string | undefined>>;
    files?: ProfileFiles;
    time: Time;
    /** Spreads the pauses between retries. */
    random: () => number;
    /** How long a request without an answer is retried, ms. @default RETRY_DEADLINE_MS */
    deadlineMs?: number;
    /** Passed to all callers that use the same connections. @default not shared */
    shared?: Shared;
    /** The addresses of the metadata services, in tests. */
    metadata?: MetadataUrls;
}): Clouds {
    const { config, environment, files = noFiles, time, random, deadlineMs, shared = newShared() } = options;
    const where = whereFrom(config);
    const proxies = proxiesFrom(environment);
    const sources = { config, environment, files };
    let reaching: Promise<Reached> | undefined;
    const reached = () => {
        reaching ??= reach(where, { sources, shared, proxies, time, metadata: options.metadata });
        return reaching;
    };
    const quota = callQuotaFrom(config, where);

    return {
        pollMs: pollMsFrom(config, where),
        speed: speedFrom(config, where),
        shownWarnings: shared.shownWarnings,
        date: async () => (await reached()).date?.(),

        async alibaba(cloud) {
            const { url, accounts } = await reached();
            const { key, credentials } = await accounts.alibaba(cloud);
            const connection = {
                credentials,
                proxies,
                endpointOf: url === undefined ? alibabaEndpoint : () => url,
                time,
                random,
                deadlineMs,
                pacer: shared.pacers.get([url, key, quota], () => new Pacer(quota, time)),
            };
            const open = (region: string): AlibabaRegion =>
                shared.alibaba.get([url, key, quota, region], () => ({
                    region,
                    swas: swasClient(connection, region),
                    ecs: ecsClient(connection, region),
                    vpc: vpcClient(connection, region),
                    bss: bssClient(connection, region),
                    sts: stsClient(connection, region),
                    elsewhere: open,
                    isSimulated: url !== undefined,
                }));
            return open(cloud.region);
        },

        async huawei(cloud) {
            const { url, accounts } = await reached();
            const { key, ...account } = await accounts.huawei(cloud);
            const open = () => openHuaweiRegion({ cloud, ...account, proxies, url, time, random, deadlineMs });
            return shared.huawei.get([url, key, cloud.region, cloud.profile], open);
        },
    };
}
