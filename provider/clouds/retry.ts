import { randomInt } from "node:crypto";
import { CloudError } from "./errors";
import type { Time } from "./time";

/** The first pause is at most this long; each later one may be twice as long. Milliseconds. */
const FIRST_PAUSE_MS = 500;
/** No pause is longer than this, unless the cloud itself names a longer one. Milliseconds. */
const LONGEST_PAUSE_MS = 20_000;
/** A jitter of zero must not become a busy loop. Milliseconds. */
const SHORTEST_PAUSE_MS = 100;
/** One request and all its repetitions end within this time. Milliseconds. */
export const RETRY_DEADLINE_MS = 120_000;
/**
 * A quota that others use up comes back, so being throttled is waited out for as long as the most patient resource
 * waits. Milliseconds.
 */
export const THROTTLED_DEADLINE_MS = 7_200_000;

/** Evenly spread numbers in [0, 1). */
export type Random = () => number;

/** What decides whether and when a request is sent again. */
export interface RetryRules {
    /** Clock and sleep. */
    time: Time;
    /** Whether sending the same request twice has the same effect as sending it once. */
    idempotent: boolean;
    /**
     * Spreads the pauses.
     * @default the operating system's random numbers
     */
    random?: Random;
    /**
     * Milliseconds for the request and all its repetitions.
     * @default 120000 (RETRY_DEADLINE_MS)
     */
    deadlineMs?: number;
    /** Ends the pauses early; its reason is what is thrown. */
    signal?: AbortSignal;
    /** Waits until the request may be sent; this does not count towards the deadline. */
    turn?: () => Promise<void>;
}

const systemRandom: Random = () => randomInt(2 ** 32) / 2 ** 32;

/**
 * Sends a request until it is answered, refused for good, or the deadline would be overrun.
 * A request that may already have taken effect (`outcomeUnknown`) is repeated only when it is idempotent. Being
 * throttled counts towards a deadline of its own, THROTTLED_DEADLINE_MS.
 *
 * @throws the last CloudError; the signal's reason when aborted; anything else that `call` throws, at once
 */
export async function withRetries<T>(call: () => Promise<T>, rules: RetryRules): Promise<T> {
    const { time, idempotent, random = systemRandom, deadlineMs = RETRY_DEADLINE_MS, signal, turn } = rules;
    let usedMs = 0;
    let throttledMs = 0;
    for (let attempt = 0; ; attempt++) {
        signal?.throwIfAborted();
        await turn?.();
        const sentAt = time.now();
        try {
            return await call();
        } catch (error) {
            if (!(error instanceof CloudError) || !mayRepeat(error, idempotent)) throw error;
            const pauseMs = Math.max(error.retryAfterMs ?? 0, jitteredPause(attempt, random));
            // Pauses are added up, not measured: the clock may be a virtual one that stands still.
            const spentMs = time.now() - sentAt + pauseMs;
            if (error.throttled) throttledMs += spentMs;
            else usedMs += spentMs;
            if (usedMs > deadlineMs || throttledMs > THROTTLED_DEADLINE_MS) throw error;
            await time.sleep(pauseMs, signal);
        }
    }
}

function mayRepeat(error: CloudError, idempotent: boolean): boolean {
    return error.retryable && (idempotent || !error.outcomeUnknown);
}

/** Full jitter: many clients that were throttled together come back apart. */
function jitteredPause(attempt: number, random: Random): number {
    const ceiling = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
    return Math.max(SHORTEST_PAUSE_MS, Math.floor(random() * ceiling));
}
