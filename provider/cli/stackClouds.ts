import { existsSync } from "node:fs";
import { z } from "zod";
import { type Clouds, connectClouds } from "../clouds/connect";
import { userFiles } from "../clouds/profileFiles";
import { configKeys, defaultSimulatorData, type ReadConfig } from "../clouds/settings";
import { systemTime } from "../core/time";
import { pulumiHere } from "./pulumiHere";

const configuration = z.record(z.string(), z.object({ value: z.string().optional() }));

/** Connects to the clouds with the configuration of a stack of this folder. */
export async function cloudsOfStack(stack: string | undefined): Promise<Clouds> {
    return cloudsBy(await stackConfig(stack));
}

/** The configuration of a stack of this folder, with its secrets. */
export async function stackConfig(stack: string | undefined): Promise<ReadConfig> {
    const ask = await pulumiHere(stack);
    const config = configuration.parse(await ask("config", "--show-secrets"));
    return (key) => config[key]?.value;
}

const texts = z.record(z.string(), z.string());

/** Pairs of an access key id, which a preview shows, and its secret, which a preview does not show. */
const keyPairs = [
    [configKeys.alibabaAccessKeyId, configKeys.alibabaAccessKeySecret],
    [configKeys.huaweiAccessKey, configKeys.huaweiSecretKey],
] as const;

/**
 * Connects to the clouds without a stack: with the configuration in a preview and in PULUMI_CONFIG, and with keys from
 * there, from the environment or from the profile files. Undefined if the configuration selects an embedded simulator
 * whose data file does not exist here.
 */
export function cloudsAround(
    shown: Readonly<Record<string, string>>,
    environment: Readonly<Record<string, string | undefined>>,
): Clouds | undefined {
    const config = { ...shown, ...texts.catch({}).parse(jsonOf(environment.PULUMI_CONFIG)) };
    for (const [id, secret] of keyPairs) {
        // An id without its secret is incomplete, and would take precedence over the keys of the environment.
        if (config[secret] === undefined) delete config[id];
    }
    const isEmbedded = config[configKeys.endpoint] === undefined && config[configKeys.simulator] === "embedded";
    if (isEmbedded && !existsSync(config[configKeys.simulatorData] ?? defaultSimulatorData)) return undefined;
    return cloudsBy((key) => config[key]);
}

/** Connects to the clouds. @param deadlineMs how long to retry a request without an answer */
export function cloudsBy(config: ReadConfig, deadlineMs?: number): Clouds {
    return connectClouds({
        config,
        environment: process.env,
        files: userFiles,
        time: systemTime,
        // Jitter between retries: a single process does not require it.
        random: () => 0.5,
        deadlineMs,
    });
}

function jsonOf(text: string | undefined): unknown {
    try {
        return JSON.parse(text ?? "{}");
    } catch {
        return {};
    }
}
