import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { RunningSimulator, SimulatorOptions } from "../simulator";
import { type BssClient, bssClient } from "./alibaba/bss";
import { publicEndpoint as alibabaEndpoint } from "./alibaba/connection";
import { type EcsClient, ecsClient } from "./alibaba/ecs";
import { type SwasClient, swasClient } from "./alibaba/swas";
import { type VpcClient, vpcClient } from "./alibaba/vpc";
import type { AlibabaCloud, HuaweiCloud } from "./cloud";
import { credentialsFrom, type KeySources } from "./credentials";
import { UserError } from "./errors";
import { type HuaweiRegion, openHuaweiRegion } from "./huawei/region";
import { Pacer } from "./pacing";
import { noFiles, type ProfileFiles } from "./profileFiles";
import {
    type Credentials,
    callQuotaFrom,
    pollMsFrom,
    type ReadConfig,
    speedFrom,
    type Where,
    whereFrom,
} from "./settings";
import { SharedConnections } from "./sharedConnections";
import type { Time } from "./time";

/** Alibaba Cloud in one region, seen by one account. */
export interface AlibabaRegion {
    region: string;
    swas: SwasClient;
    ecs: EcsClient;
    vpc: VpcClient;
    bss: BssClient;
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
}

/** What connections to the same place are shared by. */
export interface Shared {
    pacers: SharedConnections<Pacer>;
    alibaba: SharedConnections<AlibabaRegion>;
    huawei: SharedConnections<HuaweiRegion>;
}

export function newShared(): Shared {
    return {
        pacers: new SharedConnections(),
        alibaba: new SharedConnections(),
        huawei: new SharedConnections(),
    };
}

type KeysOf = (cloud: "alibaba" | "huawei", account: string | undefined) => Credentials;

/** A base URL, or none for the public clouds, with the keys that go with it. */
interface Reached {
    url: string | undefined;
    keysOf: KeysOf;
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
function simulatedKeys(simulator: RunningSimulator): KeysOf {
    return (cloud, account) => {
        const accounts = simulator.accounts.filter((candidate) => candidate.cloud === cloud);
        const found = account === undefined ? accounts[0] : accounts.find(({ name }) => name === account);
        const keys = found?.keys[0];
        if (keys) return keys;
        const names = accounts.map(({ name }) => name).join(", ") || "none";
        const which = account === undefined ? `no ${cloud} account` : `no ${cloud} account ${account}`;
        throw new UserError(`the embedded simulator has ${which} (it has ${names}): add one to its world file`);
    };
}

async function reach(where: Where, sources: KeySources): Promise<Reached> {
    const keysOf: KeysOf = (cloud, account) => credentialsFrom(cloud, account, sources);
    if (where.kind === "public") return { url: undefined, keysOf };
    if (where.kind === "endpoint") return { url: where.url, keysOf };
    const simulator = await host(where);
    return { url: simulator.url, keysOf: simulatedKeys(simulator) };
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
}): Clouds {
    const { config, environment, files = noFiles, time, random, deadlineMs, shared = newShared() } = options;
    const where = whereFrom(config);
    let reaching: Promise<Reached> | undefined;
    const reached = () => {
        reaching ??= reach(where, { config, environment, files });
        return reaching;
    };
    const quota = callQuotaFrom(config, where);

    return {
        pollMs: pollMsFrom(config, where),
        speed: speedFrom(config, where),

        async alibaba(cloud) {
            const { url, keysOf } = await reached();
            const keys = keysOf("alibaba", cloud.account);
            const connection = {
                ...keys,
                endpointOf: url === undefined ? alibabaEndpoint : () => url,
                time,
                random,
                deadlineMs,
                pacer: shared.pacers.get([url, keys, quota], () => new Pacer(quota, time)),
            };
            const open = (region: string): AlibabaRegion =>
                shared.alibaba.get([url, keys, quota, region], () => ({
                    region,
                    swas: swasClient(connection, region),
                    ecs: ecsClient(connection, region),
                    vpc: vpcClient(connection, region),
                    bss: bssClient(connection, region),
                    elsewhere: open,
                    isSimulated: url !== undefined,
                }));
            return open(cloud.region);
        },

        async huawei(cloud) {
            const { url, keysOf } = await reached();
            const keys = keysOf("huawei", cloud.account);
            const open = () => openHuaweiRegion({ cloud, keys, url, time, random, deadlineMs });
            return shared.huawei.get([url, keys, cloud.region, cloud.profile], open);
        },
    };
}
