import { z } from "zod";

/** A text in which "*" stands for anything: "swas.List*". */
const pattern = z.string().min(1).max(200);

/** Which requests and jobs a fault hits. What is left out matches everything. */
const match = z.strictObject({
    cloud: z.enum(["alibaba", "huawei"]).optional(),
    /** The action as the call log names it; "*" stands for anything. */
    action: pattern.optional(),
    /** The kind of job, as the call log names it after "job."; "*" stands for anything. */
    job: pattern.optional(),
    account: z.string().optional(),
    region: z.string().optional(),
    /** An id that the request or job names. */
    resource: z.string().optional(),
    /** Only the n-th match, counted from 1. */
    nth: z.int().min(1).optional(),
    /** How often a match is hit, 0 to 1; drawn from the simulation's seed. */
    probability: z.number().min(0).max(1).optional(),
});

/** What happens to what is hit. Requests: all but the last two. Jobs: the last two. */
const effect = z.union([
    z.strictObject({
        refuse: z.strictObject({ status: z.int().min(400).max(599), code: z.string(), message: z.string() }),
    }),
    /** The cloud's own throttling answer. */
    z.strictObject({ throttle: z.strictObject({ retryAfterMs: z.int().min(0).max(3_600_000).optional() }) }),
    /** A page of HTML, as a proxy answers. */
    z.strictObject({ html: z.int().min(400).max(599) }),
    /** Milliseconds of the machine's clock before the answer. */
    z.strictObject({ latencyMs: z.int().min(0).max(600_000) }),
    /** The connection breaks: before anything is done, or after it is done and before it is answered. */
    z.strictObject({ reset: z.enum(["before", "after"]) }),
    /** Half of the answer's body, then the connection breaks. */
    z.strictObject({ truncate: z.literal(true) }),
    /** A read answers as it did the last time it was asked the same. */
    z.strictObject({ stale: z.literal(true) }),
    z.strictObject({ failJob: z.string().max(1000) }),
    /** The job never ends. */
    z.strictObject({ stickJob: z.literal(true) }),
]);

const errorRule = z.strictObject({
    match: match.default({}),
    effect,
    /** How many hits until the rule is used up. @default no end */
    times: z.int().min(1).max(1_000_000_000).optional(),
});

/** "This job fails for this reason", once or `times` times. */
const failingJob = z
    .strictObject({ job: pattern, reason: z.string().max(1000), times: z.int().min(1).default(1) })
    .transform(({ job, reason, times }): ErrorRule => ({ match: { job }, effect: { failJob: reason }, times }));

/** "This action is refused so", once or `times` times. */
const refusedAction = z
    .strictObject({
        action: pattern,
        status: z.int().min(400).max(599),
        code: z.string(),
        message: z.string(),
        times: z.int().min(1).default(1),
    })
    .transform(({ action, times, ...refuse }): ErrorRule => ({ match: { action }, effect: { refuse }, times }));

type ErrorRule = z.infer<typeof errorRule>;

/** What goes wrong on purpose: a rule, or one of its two short forms. */
export const fault = z.union([errorRule, failingJob, refusedAction]);

export type Fault = z.input<typeof fault>;
export type FaultRule = ErrorRule;
export type Effect = z.infer<typeof effect>;
