import { z } from "zod";
import { type Clouds, connectClouds } from "../clouds/connect";
import { userFiles } from "../clouds/profileFiles";
import { systemTime } from "../clouds/time";
import { pulumiHere } from "./pulumiHere";

const configuration = z.record(z.string(), z.object({ value: z.string().optional() }));

/** The clouds as the configuration of a stack of this folder reaches them. */
export async function cloudsOfStack(stack: string | undefined): Promise<Clouds> {
    const ask = await pulumiHere(stack);
    const config = configuration.parse(await ask("config", "--show-secrets"));
    return connectClouds({
        config: (key) => config[key]?.value,
        environment: process.env,
        files: userFiles,
        time: systemTime,
        // Spreads the pauses between retries, which a report hardly has.
        random: () => 0.5,
    });
}
