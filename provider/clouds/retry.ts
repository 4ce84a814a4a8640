import { randomInt } from "node:crypto";
import { spoken, type Time } from "../core/time";
import { CloudError, cutOff, givenUp, OUT_OF_TIME } from "./errors";
import { hostsOf } from "./hosts";
import { currentPatience, type Patience, SLOW_MS } from "./patience";

/** The first pause is at most this long; each later one may be twice as long. Milliseconds. */
const FIRST_PAUSE_MS = 500;
/** No pause is longer than this, unless the cloud itself names a longer one. Milliseconds. */
const LONGEST_PAUSE_MS = 20_000;
/**
 * The clouds' quotas are counted by the minute, so nothing is gained by waiting longer, whatever a gateway asks for: one
 * request a minute burdens nobody. Milliseconds.
 */
export const LONGEST_RETRY_AFTER_MS = 60_000;
/** A jitter of zero must not become a busy loop. Milliseconds. */
const SHORTEST_PAUSE_MS = 100;
/** One request and all its repetitions end within this time. Milliseconds. */
export const RETRY_DEADLINE_MS = 120_000;
/** A connection that this machine itself refuses is refused again: time enough for a restart. Milliseconds. */
export const REFUSED_HERE_DEADLINE_MS = 5000;
/**
 * A quota that others use up comes back, so being throttled is waited out: until the end of the step, and outside of one
 * for as long as the most patient resource waits. Milliseconds.
 */
export const THROTTLED_DEADLINE_MS = 7_200_000;

/** Evenly spread numbers in [0, 1). */
export type Random = () => number;

/** What decides whether and when a request is sent again. */
export interface RetryRules {
    /** Which request it is, for the user: the cloud and the operation. */
    asked?: { cloud: string; operation: string; endpoint?: string };
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
 * Sends a request until it is answered, refused for good, or the deadline or the running step would be overrun.
 * A request that may already have taken effect (`outcomeUnknown`) is repeated only when it is idempotent. Being
 * throttled counts towards a deadline of its own, THROTTLED_DEADLINE_MS. A lookup does not wait for a host that an earlier
 * request of this process has given up.
 *
 * @throws the last CloudError; the signal's reason when aborted; anything else that `call` throws, at once
 */
export async function withRetries<T>(call: () => Promise<T>, rules: RetryRules): Promise<T> {
    const { time, idempotent, random = systemRandom, deadlineMs = RETRY_DEADLINE_MS, signal, turn } = rules;
    const patience = currentPatience();
    const name = rules.asked ? `${rules.asked.cloud} ${rules.asked.operation}` : "the request";
    const hosts = hostsOf(time);
    const { endpoint = "" } = rules.asked ?? {};
    const waits = patience?.changes ?? false;
    const since = time.now();
    let usedMs = 0;
    let throttledMs = 0;
    for (let attempt = 0; ; attempt++) {
        signal?.throwIfAborted();
        const recent = waits ? undefined : hosts.recentFailure(endpoint);
        if (recent) throw recent;
        if (patience && patience.left() <= 0) throw notSent(patience, rules);
        await turn?.();
        const sentAt = time.now();
        try {
            const answer = await shownWhenSlow(patience, name, call);
            hosts.noteAnswer(endpoint);
            return answer;
        } catch (thrown) {
            if (!(thrown instanceof CloudError)) throw thrown;
            const isUnreachable = thrown.code === "Unreachable" && thrown.endpoint === endpoint;
            if (thrown.status > 0) hosts.noteAnswer(endpoint);
            const error = isUnreachable && !hosts.isAnyReached ? cutOff(thrown) : thrown;
            const pauseMs = Math.max(retryAfter(error), shortened(jitteredPause(attempt, random), patience));
            if (!mayRepeat(error, idempotent)) throw outOfTime(error, patience, 0) ?? error;
            // Pauses are added up, not measured: the clock may be a virtual one that stands still.
            const spentMs = time.now() - sentAt + pauseMs;
            if (error.throttled) throttledMs += spentMs;
            else usedMs += spentMs;
            const over = outOfTime(error, patience, pauseMs);
            const mostMs = error.refusedHere && !waits ? Math.min(deadlineMs, REFUSED_HERE_DEADLINE_MS) : deadlineMs;
            if (over || usedMs > mostMs || throttledMs > THROTTLED_DEADLINE_MS) {
                if (isUnreachable) hosts.noteGivenUp(endpoint, over ?? error, { since, spentMs: usedMs });
                throw over ?? error;
            }
            if (isUnreachable && !waits && hosts.isGivenUp(endpoint)) throw error;
            patience?.show(`${name}: ${error.reason}; asking again in ${spoken(pauseMs)}`);
            await time.sleep(pauseMs, signal).finally(() => patience?.show(undefined));
        }
    }
}

/** What is left of a step's time is used to its end; how long the cloud wants to be left alone is not shortened. */
function shortened(pauseMs: number, patience: Patience | undefined): number {
    return patience ? Math.max(SHORTEST_PAUSE_MS, Math.min(pauseMs, patience.left() / 2)) : pauseMs;
}

function retryAfter({ retryAfterMs = 0 }: CloudError): number {
    return Math.min(LONGEST_RETRY_AFTER_MS, retryAfterMs);
}

/** The error when no time would be left after the pause. */
function outOfTime(error: CloudError, patience: Patience | undefined, pauseMs: number): CloudError | undefined {
    if (!patience || !error.retryable || patience.left() > pauseMs) return undefined;
    const over = givenUp(error, patience.over(pauseMs));
    patience.noteFailure(over);
    return over;
}

function notSent(patience: Patience, { asked }: RetryRules): CloudError {
    const { cloud, operation } = asked ?? { cloud: "cloud", operation: "request" };
    return new CloudError(patience.over(), { cloud, operation, code: OUT_OF_TIME, status: 0, retryable: false });
}

/** Tells the user of a request whose answer does not come. */
async function shownWhenSlow<T>(patience: Patience | undefined, name: string, call: () => Promise<T>): Promise<T> {
    if (!patience) return call();
    let isShown = false;
    let isDone = false;
    const slow = AbortSignal.timeout(SLOW_MS);
    slow.addEventListener("abort", () => {
        if (isDone) return;
        isShown = true;
        patience.show(`waiting for the answer to ${name}`);
    });
    try {
        return await call();
    } finally {
        isDone = true;
        if (isShown) patience.show(undefined);
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
