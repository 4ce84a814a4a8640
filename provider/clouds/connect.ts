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

/** Alibaba Cloud in one region, seen by one account. */
export interface AlibabaRegion {
    region: string;
    swas: SwasClient;
    ecs: EcsClient;
    vpc: VpcClient;
    bss: BssClient;
    sts: StsClient;
    /** The same account in another region. */
    elsewhere(region: string): AlibabaRegion;
    /** Whether actions answer that the public API does not have. */
    isSimulated: boolean;
}

/** The clouds, as the stack's configuration reaches them. */
export interface Clouds {
    alibaba(cloud: AlibabaCloud): Promise<AlibabaRegion>;
    huawei(cloud: HuaweiCloud): Promise<HuaweiRegion>;
    /** The shortest time between two looks at the same thing, ms: keeps within the clouds' quotas. */
    pollMs: number;
    /** How many times faster than the machine's clock that of the clouds runs: 1 unless they are simulated. */
    speed: number;
    /** The date of the clouds, ms since 1970; undefined where it is unknown, as that of a simulator elsewhere. @default unknown */
    date?(): Promise<number | undefined>;
    /** What a run has said of lookups that failed, of whichever resource. @default said once by each connection */
    said?: Set<string>;
}

/** What connections to the same place are shared by. */
export interface Shared {
    pacers: SharedConnections<Pacer>;
    alibaba: SharedConnections<AlibabaRegion>;
    huawei: SharedConnections<HuaweiRegion>;
    sources: SharedSources;
    said: Set<string>;
}

export function newShared(): Shared {
    return {
        pacers: new SharedConnections(),
        alibaba: new SharedConnections(),
        huawei: new SharedConnections(),
        sources: new SharedConnections(),
        said: new Set(),
    };
}

/** A base URL, or none for the public clouds, with the accounts that are there. */
interface Reached {
    url: string | undefined;
    /** Undefined when the clouds do not tell. */
    date: (() => number) | undefined;
    accounts: Accounts;
}

/** Simulators that this process hosts, by data file. */
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

/** Loaded when it is asked for: the real clouds need none of it. */
async function startEmbedded(options: SimulatorOptions): Promise<RunningSimulator> {
    const { startSimulator } = await import("../simulator/index.js");
    return startSimulator(options);
}

/** The accounts of a simulator have names; the first of a cloud is the one that is meant when none is named. */
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
                `Accounts of the real clouds are named by ${configKeys.accounts}`,
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
        // The clock of a simulator may be a virtual one, of which its answers say nothing.
        const date = url === undefined ? wallClock : undefined;
        return { url, date, accounts: accountsBy(sources, shared.sources, { ...services, url }) };
    }
    const simulator = await host(where);
    return { url: simulator.url, date: () => simulator.sim.clock.now(), accounts: simulatedAccounts(simulator) };
}

/** Opens the clouds that the configuration names. Nothing is contacted and no key is read before it is needed. */
export function connectClouds(options: {
    config: ReadConfig;
    environment: Readonly<Record<string, string | undefined>>;
    files?: ProfileFiles;
    time: Time;
    /** Spreads the pauses between retries. */
    random: () => number;
    /** How long a request that gets no answer is sent again, ms. @default RETRY_DEADLINE_MS */
    deadlineMs?: number;
    /** Given to all that are to use the same connections. @default nobody else */
    shared?: Shared;
    /** Where the metadata services are, in tests. */
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
        said: shared.said,
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
