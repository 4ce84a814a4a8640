import { load } from "./load.ts";
import type { LoadResult } from "./loadPlan.ts";
import type { Served } from "./server.ts";
import { type Spread, spreadOf } from "./statistics.ts";
import type { Workload } from "./workloads.ts";

export const connections = 16;

export interface Contender {
    readonly name: string;
    readonly workload: Workload;
    /** The factor for the duration of its rounds, for servers that take seconds for an answer. @default 1 */
    readonly patience?: number;
    /** The server under test. Called before each round. */
    readonly server: () => Promise<Served>;
    /** Called with the server after each round. */
    readonly after: (server: Served) => Promise<void>;
}

export interface Rate {
    readonly name: string;
    readonly perSecond: Spread;
    readonly p50Ms: Spread;
    readonly p99Ms: Spread;
    /** CPU time of the server for one request. Other load on the machine does not change it. */
    readonly serverMicroseconds: Spread;
    /** The fraction of one core that the server and the client used. */
    readonly serverCore: Spread;
    readonly clientCore: Spread;
    readonly problem?: string;
}

/** Measures the contenders alternately, `rounds` times after an uncounted warm-up. */
export async function measureRates(
    contenders: readonly Contender[],
    { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Rate[]> {
    const results = new Map<Contender, LoadResult[]>(contenders.map((contender) => [contender, []]));
    const expected = new Map<Contender, number>();
    let number = 0;
    for (let round = 0; round <= rounds; round++) {
        for (const contender of contenders) {
            const server = await contender.server();
            const isWarmUp = round === 0;
            const most = isWarmUp ? 20_000 : Math.ceil((expected.get(contender) ?? 0) * seconds * 1.6) + 200;
            const long = seconds * (contender.patience ?? 1);
            const plan = { ...contender.workload, connections, seconds: long, most, firstNumber: number };
            number += most;
            const result = await load(server, isWarmUp ? { ...plan, seconds: Math.min(1, seconds) } : plan);
            await contender.after(server);
            const perSecond = result.answered / result.seconds;
            expected.set(contender, Math.max(expected.get(contender) ?? 0, perSecond));
            if (!isWarmUp) results.get(contender)?.push(result);
        }
    }
    return contenders.map((contender) => rateOf(contender.name, results.get(contender) ?? []));
}

function rateOf(name: string, results: readonly LoadResult[]): Rate {
    const refused = results.find((result) => result.firstRefusal !== undefined);
    const spread = (of: (result: LoadResult) => number) => spreadOf(results.map(of));
    return {
        name,
        perSecond: spread((result) => (result.answered - result.refused) / result.seconds),
        p50Ms: spread((result) => result.latencyMs.p50),
        p99Ms: spread((result) => result.latencyMs.p99),
        serverMicroseconds: spread((result) => (result.serverCpuSeconds * 1e6) / Math.max(1, result.answered)),
        serverCore: spread((result) => result.serverCpuSeconds / result.seconds),
        clientCore: spread((result) => result.clientCore),
        ...(refused ? { problem: `${refused.refused} refused, first: ${refused.firstRefusal}` } : {}),
    };
}

/** The limit of a rate. */
export function limitOf(rate: Rate): string {
    const busy = rate.serverCore.median;
    const each = `${Math.round(rate.serverMicroseconds.median)} us of CPU per request`;
    if (busy > 0.85) return `one core of the server: ${each}`;
    if (rate.clientCore.median > 0.85) return `the core of the load client (the server: ${each})`;
    return `the server used ${Math.round(busy * 100)} % of a core: other load on the machine, or the disk (${each})`;
}
