import { startMoto } from "./moto.ts";
import { ask, type OursOptions, startOurs } from "./ours.ts";
import { type Spread, spreadOf } from "./statistics.ts";

async function timed(start: () => Promise<{ stop: () => Promise<void> }>): Promise<number> {
    const began = performance.now();
    const server = await start();
    const ms = performance.now() - began;
    await server.stop();
    return ms;
}

/**
 * From starting the command to its first signed answer, alternately with moto, after one warm-up of each, in
 * milliseconds.
 */
export async function measureStart(options: OursOptions, rounds: number): Promise<{ ours: Spread; moto: Spread }> {
    const ours: number[] = [];
    const moto: number[] = [];
    for (let round = 0; round <= rounds; round++) {
        const first = await timed(async () => {
            const server = await startOurs(options);
            await ask(server.host, "swas", "ListCustomImages", {});
            return server;
        });
        const second = await timed(startMoto);
        if (round === 0) continue;
        ours.push(first);
        moto.push(second);
    }
    return { ours: spreadOf(ours), moto: spreadOf(moto) };
}
