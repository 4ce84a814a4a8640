import type { Fault } from "../../provider/dist/simulator/core/faultRules.js";
import type { Disturbance } from "./trial.ts";

/** The process is killed right after its k-th change was answered. */
export const killedAfter =
    (k: number): Disturbance =>
    (clouds, step) =>
        clouds.killedAfter(k, step);

/** The answer to one request is lost after its work was done, and the process goes on. */
export const answerLost =
    ({ action, nth }: { action: string; nth: number }): Disturbance =>
    async (clouds, step) => {
        clouds.simulator.sim.faults.add({ match: { action, nth }, effect: { reset: "after" } });
        await step();
        clouds.simulator.sim.faults.clear();
    };

const internal = {
    status: 500,
    code: "InternalError",
    message: "The request processing has failed due to some unknown error.",
};

/** Every way in which a request can go wrong for a moment. */
const passingFaults: readonly Fault["effect" & keyof Fault][] = [
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
export const manyFaults: Disturbance = async (clouds, step) => {
    const { faults } = clouds.simulator.sim;
    const probability = 1 - (1 - partOfRequests) ** (1 / passingFaults.length);
    for (const effect of passingFaults) faults.add({ match: { probability }, effect });
    await step();
    faults.clear();
};
