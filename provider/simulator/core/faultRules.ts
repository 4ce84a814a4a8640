import { z } from "zod";

/** A text in which "*" matches anything: "swas.List*". */
const pattern = z.string().min(1).max(200);

/** Selects requests and jobs. An omitted field matches everything. */
const match = z.strictObject({
    cloud: z.enum(["alibaba", "huawei"]).optional(),
    /** The action as in the call log; "*" matches anything. */
    action: pattern.optional(),
    /** The kind of job as in the call log, after "job."; "*" matches anything. */
    job: pattern.optional(),
    account: z.string().optional(),
    region: z.string().optional(),
    /** An id in the request or job. */
    resource: z.string().optional(),
    /** Only the n-th match, counted from 1. */
    nth: z.int().min(1).optional(),
    /** The probability that a match has the effect, 0 to 1, drawn from the simulation's seed. */
    probability: z.number().min(0).max(1).optional(),
});

/** The effect on a match. The last two effects are for jobs, all others for requests. */
const effect = z.union([
    z.strictObject({
        refuse: z.strictObject({ status: z.int().min(400).max(599), code: z.string(), message: z.string() }),
    }),
    /** The cloud's own throttling error. */
    z.strictObject({ throttle: z.strictObject({ retryAfterMs: z.int().min(0).max(3_600_000).optional() }) }),
    /** An HTML page, as a proxy answers. */
    z.strictObject({ html: z.int().min(400).max(599) }),
    /** A delay of the answer, in milliseconds of the machine's clock. */
    z.strictObject({ latencyMs: z.int().min(0).max(600_000) }),
    /** The connection breaks: before the work, or after the work and before the answer. */
    z.strictObject({ reset: z.enum(["before", "after"]) }),
    /** Half of the body is sent, then the connection breaks. */
    z.strictObject({ truncate: z.literal(true) }),
    /** A read returns the previous answer to the same request. */
    z.strictObject({ stale: z.literal(true) }),
    z.strictObject({ failJob: z.string().max(1000) }),
    /** The job never completes. */
    z.strictObject({ stickJob: z.literal(true) }),
]);

const errorRule = z.strictObject({
    match: match.default({}),
    effect,
    /** After this many effects, the rule is used up. @default unlimited */
    times: z.int().min(1).max(1_000_000_000).optional(),
});

/** Short form: a job fails, once or `times` times. */
const failingJob = z
    .strictObject({ job: pattern, reason: z.string().max(1000), times: z.int().min(1).default(1) })
    .transform(({ job, reason, times }): ErrorRule => ({ match: { job }, effect: { failJob: reason }, times }));

/** Short form: an action returns an error, once or `times` times. */
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

/** A fault: a rule, or one of its two short forms. */
export const fault = z.union([errorRule, failingJob, refusedAction]);

export type Fault = z.input<typeof fault>;
export type FaultRule = ErrorRule;
export type Effect = z.infer<typeof effect>;
