import { defaultWorld } from "../../provider/dist/simulator/worlds/world.js";
import { type Simulated, simulated } from "../resources/simulated.ts";

/** A second Huawei server as an image source. */
export const secondServer = "5f0f2f64-3f5e-4a0b-9d0c-0d8f6a1c2b3e";

const named = "web-golden";

/** The default world, in which every server that a scenario names has a fixed id. */
export const world = {
    ...defaultWorld,
    huawei: {
        domains: defaultWorld.huawei.domains.map((domain) => ({
            ...domain,
            servers: domain.servers.map((server) => (server.name === named ? { ...server, id: secondServer } : server)),
        })),
    },
};

/** Runs work in new simulated clouds. */
export async function inClouds<T>(
    options: { profile: "csbs" | "cbr"; seed?: number; isKeyWrong?: boolean; lagSeconds?: number },
    work: (clouds: Simulated) => Promise<T>,
): Promise<T> {
    const { lagSeconds = 0 } = options;
    // Long waits do not poll every few seconds.
    const pollSeconds = lagSeconds > 60 ? 60 : undefined;
    const clouds = await simulated({ ...options, pollSeconds, world });
    try {
        return await work(clouds);
    } finally {
        await clouds.close();
    }
}
