import type { Effect, FaultRule } from "../../provider/dist/simulator/core/faultRules.js";
import type { Simulated } from "../resources/simulated.ts";
import type { Disturbance } from "./trial.ts";

/** The process is killed right after its k-th change was answered. */
export const killedAfter =
    (k: number): Disturbance =>
    async (clouds, step) => {
        await clouds.killedAfter(k, step);
    };

/** The answer to one request is lost after its work was done, and the process goes on. */
export const answerLost =
    ({ action, nth }: { action: string; nth: number }): Disturbance =>
    (clouds, step) =>
        withFaults(clouds, [{ match: { action, nth }, effect: { reset: "after" } }], step);

const internal = {
    status: 500,
    code: "InternalError",
    message: "The request processing has failed due to some unknown error.",
};

/** Every way in which a request can go wrong for a moment. */
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

/** Of all requests this part goes wrong. */
const partOfRequests = 0.3;

/** Many requests go wrong for a moment, each in a way of its own. */
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
