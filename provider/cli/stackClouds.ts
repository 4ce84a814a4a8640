import { existsSync } from "node:fs";
import { z } from "zod";
import { type Clouds, connectClouds } from "../clouds/connect";
import { userFiles } from "../clouds/profileFiles";
import { configKeys, defaultSimulatorData, type ReadConfig } from "../clouds/settings";
import { systemTime } from "../core/time";
import { pulumiHere } from "./pulumiHere";

const configuration = z.record(z.string(), z.object({ value: z.string().optional() }));

/** The clouds as the configuration of a stack of this folder reaches them. */
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

/** Keys whose secret half a preview does not show. */
const halves = [
    [configKeys.alibabaAccessKeyId, configKeys.alibabaAccessKeySecret],
    [configKeys.huaweiAccessKey, configKeys.huaweiSecretKey],
] as const;

/**
 * The clouds as far as they can be reached without the stack: by the configuration that a preview shows or that
 * PULUMI_CONFIG has, with keys from there, from the environment or from the profile files. Undefined when they are in a
 * simulator of which there is nothing here.
 */
export function cloudsAround(
    shown: Readonly<Record<string, string>>,
    environment: Readonly<Record<string, string | undefined>>,
): Clouds | undefined {
    const config = { ...shown, ...texts.catch({}).parse(jsonOf(environment.PULUMI_CONFIG)) };
    for (const [id, secret] of halves) {
        // Half of the keys is of no use, and would hide those of the environment.
        if (config[secret] === undefined) delete config[id];
    }
    const isHosted = config[configKeys.endpoint] === undefined && config[configKeys.simulator] === "embedded";
    if (isHosted && !existsSync(config[configKeys.simulatorData] ?? defaultSimulatorData)) return undefined;
    return cloudsBy((key) => config[key]);
}

/** The clouds as this process reaches them. @param deadlineMs how long a request without an answer is sent again */
export function cloudsBy(config: ReadConfig, deadlineMs?: number): Clouds {
    return connectClouds({
        config,
        environment: process.env,
        files: userFiles,
        time: systemTime,
        // Spreads the pauses between retries, which one process hardly has.
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
