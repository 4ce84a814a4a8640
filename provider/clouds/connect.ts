import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { RunningSimulator } from "../simulator";
import { type BssClient, bssClient } from "./alibaba/bss";
import { publicEndpoint as alibabaEndpoint } from "./alibaba/connection";
import { type EcsClient, ecsClient } from "./alibaba/ecs";
import { type SwasClient, swasClient } from "./alibaba/swas";
import type { AlibabaCloud, HuaweiCloud } from "./cloud";
import { UserError } from "./errors";
import { type HuaweiRegion, openHuaweiRegion } from "./huawei/region";
import { type Credentials, credentialsFrom, pollMsFrom, type ReadConfig, type Where, whereFrom } from "./settings";
import type { Time } from "./time";

/** Alibaba Cloud in one region, seen by one account. */
export interface AlibabaRegion {
    region: string;
    swas: SwasClient;
    ecs: EcsClient;
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
}

/** A base URL with the keys that go with it. */
interface Reached {
    url: string;
    alibaba: () => Credentials;
    huawei: () => Credentials;
}

/** Simulators that this process hosts, by data file. */
const embedded = new Map<string, Promise<RunningSimulator>>();

function host(where: Where & { kind: "embedded" }): Promise<RunningSimulator> {
    const data = resolve(where.data);
    let running = embedded.get(data);
    if (!running) {
        mkdirSync(dirname(data), { recursive: true });
        running = startEmbedded(data, where.clock);
        embedded.set(data, running);
    }
    return running;
}

/** Loaded when it is asked for: the real clouds need none of it. */
async function startEmbedded(data: string, clock: string): Promise<RunningSimulator> {
    const { startSimulator } = await import("../simulator/index.js");
    return startSimulator({ data, clock });
}

function firstKeys(simulator: RunningSimulator, cloud: "alibaba" | "huawei"): Credentials {
    const keys = simulator.accounts.find((account) => account.cloud === cloud)?.keys[0];
    if (!keys) throw new UserError(`the embedded simulator has no ${cloud} account: add one to its world file`);
    return keys;
}

async function reach(
    where: Where,
    config: ReadConfig,
    environment: Readonly<Record<string, string | undefined>>,
): Promise<Reached | undefined> {
    if (where.kind === "public") return undefined;
    if (where.kind === "endpoint") {
        return {
            url: where.url,
            alibaba: () => credentialsFrom("alibaba", config, environment),
            huawei: () => credentialsFrom("huawei", config, environment),
        };
    }
    const simulator = await host(where);
    return {
        url: simulator.url,
        alibaba: () => firstKeys(simulator, "alibaba"),
        huawei: () => firstKeys(simulator, "huawei"),
    };
}

/** Opens the clouds that the configuration names. Nothing is contacted and no key is read before it is needed. */
export function connectClouds(options: {
    config: ReadConfig;
    environment: Readonly<Record<string, string | undefined>>;
    time: Time;
    /** Spreads the pauses between retries. */
    random: () => number;
}): Clouds {
    const { config, environment, time, random } = options;
    const where = whereFrom(config);
    let reaching: Promise<Reached | undefined> | undefined;
    const reached = () => {
        reaching ??= reach(where, config, environment);
        return reaching;
    };
    // One for each region, so that what a region knows (its project) is asked for once.
    const huaweiRegions = new Map<string, HuaweiRegion>();

    return {
        pollMs: pollMsFrom(config, where),

        async alibaba(cloud) {
            const at = await reached();
            const keys = at ? at.alibaba() : credentialsFrom("alibaba", config, environment);
            const connection = {
                ...keys,
                endpointOf: at ? () => at.url : alibabaEndpoint,
                time,
                random,
            };
            const open = (region: string): AlibabaRegion => ({
                region,
                swas: swasClient(connection, region),
                ecs: ecsClient(connection, region),
                bss: bssClient(connection, region),
                elsewhere: open,
                isSimulated: at !== undefined,
            });
            return open(cloud.region);
        },

        async huawei(cloud) {
            const at = await reached();
            const keys = at ? at.huawei() : credentialsFrom("huawei", config, environment);
            const key = `${cloud.region} ${cloud.profile ?? ""}`;
            const region = huaweiRegions.get(key) ?? openHuaweiRegion({ cloud, keys, url: at?.url, time, random });
            huaweiRegions.set(key, region);
            return region;
        },
    };
}
