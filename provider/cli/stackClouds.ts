import { z } from "zod";
import { type Clouds, connectClouds } from "../clouds/connect";
import { userFiles } from "../clouds/profileFiles";
import type { ReadConfig } from "../clouds/settings";
import { systemTime } from "../clouds/time";
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
