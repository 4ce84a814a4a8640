import type { Effect, FaultRule } from "../../provider/dist/simulator/core/faultRules.js";
import type { Simulated } from "../resources/simulated.ts";
import type { Disturbance } from "./trial.ts";

/** Kills the process right after the answer to its k-th change. */
export const killedAfter =
    (k: number): Disturbance =>
    async (clouds, step) => {
        await clouds.killedAfter(k, step);
    };

/** Loses the answer to one request after the cloud has done its work. The process continues. */
export const answerLost =
    ({ action, nth }: { action: string; nth: number }): Disturbance =>
    (clouds, step) =>
        withFaults(clouds, [{ match: { action, nth }, effect: { reset: "after" } }], step);

const internal = {
    status: 500,
    code: "InternalError",
    message: "The request processing has failed due to some unknown error.",
};

/** Every temporary failure of a request. */
const passingFaults: readonly Effect[] = [
    { throttle: { retryAfterMs: 2000 } },
    { throttle: {} },
    { refuse: internal },
    { html: 502 },
    { html: 503 },
    { reset: "before" },
    { reset: "after" },
    { truncate: true },
    { stale: true },
];

/** The share of all requests that fail. */
const partOfRequests = 0.3;

/** Many requests fail temporarily, in different ways. */
export const manyFaults: Disturbance = (clouds, step) => {
    const probability = 1 - (1 - partOfRequests) ** (1 / passingFaults.length);
    return withFaults(
        clouds,
        passingFaults.map((effect) => ({ match: { probability }, effect })),
        step,
    );
};

export async function withFaults(
    clouds: Simulated,
    given: readonly FaultRule[],
    work: () => Promise<unknown>,
): Promise<void> {
    const { faults } = clouds.simulator.sim;
    for (const fault of given) faults.add(fault);
    try {
        await work();
    } finally {
        faults.clear();
    }
}
