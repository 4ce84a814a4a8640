import { ApiError } from "./apiError";
import type { Effect } from "./faultRules";
import type { Delivery, WireAnswer } from "./wire";

/** The combined effect of faults on a request. */
export interface Interference {
    /** Returned without running the operation. */
    readonly apiError?: ApiError;
    /** Returned as the cloud's throttling error. */
    readonly throttle?: { readonly retryAfterMs?: number };
    /** Sent instead of the cloud's answer; the operation does not run. */
    readonly instead?: WireAnswer;
    /** A read returns its previous answer. */
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

/** Combines the effects. If two exclude each other, the earlier rule applies. */
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
