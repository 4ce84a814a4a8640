import { z } from "zod";
import { UserError } from "../core/apiError";
import type { Call } from "../core/callLog";
import { problemsOf } from "../core/problems";

/** Filters for calls. A call must match every field that is given. */
export const callFilter = z.strictObject({
    cloud: z.string().optional(),
    account: z.string().optional(),
    region: z.string().optional(),
    action: z.string().optional(),
    outcome: z.string().optional(),
});

/** The filters of a list that is read page by page. */
export const callPage = z.strictObject({
    ...callFilter.shape,
    /** Only calls with a greater sequence number. */
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(10_000).default(10_000),
});

/** Validates the query against the schema. @throws UserError */
export function readQuery<T>(schema: z.ZodType<T>, query: URLSearchParams): T {
    const parsed = schema.safeParse(Object.fromEntries(query));
    if (parsed.success) return parsed.data;
    throw new UserError(problemsOf(parsed.error));
}

export function isAsked(call: Call, wanted: z.infer<typeof callFilter>): boolean {
    const { cloud, account, region, action, outcome } = wanted;
    return (
        (cloud === undefined || call.cloud === cloud) &&
        (account === undefined || call.account === account) &&
        (region === undefined || call.region === region) &&
        (action === undefined || call.action === action) &&
        (outcome === undefined || call.outcome === outcome)
    );
}
