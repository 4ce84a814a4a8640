import { ApiError } from "./apiError";
import type { Effect } from "./faultRules";
import type { Delivery, WireAnswer } from "./wire";

/** What the faults that hit a request mean for it. */
export interface Interference {
    /** Answered without doing anything. */
    readonly apiError?: ApiError;
    /** Refused as the cloud refuses who asks too often. */
    readonly throttle?: { readonly retryAfterMs?: number };
    /** Sent instead of the cloud's answer; nothing is done. */
    readonly instead?: WireAnswer;
    /** A read answers as it did before. */
    readonly isStale: boolean;
    readonly delivery: Delivery;
}

const brokenConnection: WireAnswer = { status: 0, headers: {}, body: "", delivery: { reset: true } };

function page(status: number): WireAnswer {
    return {
        status,
        headers: { "content-type": "text/html" },
        body: `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>\n`,
    };
}

function insteadOf(effect: Effect): WireAnswer | undefined {
    if ("html" in effect) return page(effect.html);
    return "reset" in effect && effect.reset === "before" ? brokenConnection : undefined;
}

/** The effects together; of two that exclude each other the earlier rule's counts. */
export function interferenceOf(effects: readonly Effect[]): Interference {
    const refuse = effects.find((effect) => "refuse" in effect)?.refuse;
    return {
        apiError: refuse && new ApiError(refuse.status, refuse.code, refuse.message),
        throttle: effects.find((effect) => "throttle" in effect)?.throttle,
        instead: effects.map(insteadOf).find((answer) => answer !== undefined),
        isStale: effects.some((effect) => "stale" in effect),
        delivery: {
            latencyMs:
                effects.reduce((sum, effect) => sum + ("latencyMs" in effect ? effect.latencyMs : 0), 0) || undefined,
            reset: effects.some((effect) => "reset" in effect && effect.reset === "after") || undefined,
            truncate: effects.some((effect) => "truncate" in effect) || undefined,
        },
    };
}
