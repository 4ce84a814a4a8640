import { CloudError } from "../../clouds/errors";
import { currentPatience, GaveUp } from "../../clouds/patience";
import { spoken } from "../../core/time";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { PollScheduler, schedulerOf } from "./pollScheduler";

/** The result of one poll of an operation that takes time. */
export type PollResult<T> =
    | { done: T }
    | {
          /** What is happening, for the user: "creating the image". */
          pending: string;
          /** Between 0 and 1, if the cloud reports it. */
          progress?: number;
      };

export interface Wait<T> {
    context: Pick<HandlerContext, "time" | "report" | "clouds">;
    /** What the wait is for, with its id: "image m-bp1…". */
    what: string;
    /** Polls once; throws if waiting is pointless. */
    poll: () => Promise<PollResult<T>>;
    /** The longest time to wait, ms. */
    limit: number;
    /** How long it usually takes, ms; used if the cloud reports no progress. */
    expected?: number;
    /** The joined lookup that `poll` uses: all waits that use the same one poll at the same time, in one call. */
    asks?: object;
    /** The operation has just started, so that its first poll can be one of the scheduled polls of other waits. */
    isNew?: boolean;
}

/**
 * The fraction of the estimated remaining time to sleep, so that a long wait needs few calls and its end is noticed
 * soon.
 */
const partOfRest = 0.6;
/** Within this many poll intervals of the end, the cloud's progress is exact enough to sleep until the end. */
const exactWithin = 4;
/** A poll that starts this shortly before the end of the step may not be answered. Milliseconds. */
const lastMoments = 1000;
/** The longest sleep, in poll intervals. */
const longestSleep = 10;
/** The poll interval of a real cloud, ms. A shorter one means a simulated cloud that is faster by the same factor. */
const realPollMs = 6000;

/**
 * Polls until it is done, at the cloud's pace and within its quota; the shortest interval is that of the connection.
 */
export async function waitUntil<T>(wait: Wait<T>): Promise<T> {
    const { what, poll, expected = 0, isNew = false } = wait;
    const { report, clouds } = wait.context;
    const patience = currentPatience();
    const left = patience?.left() ?? Number.POSITIVE_INFINITY;
    const limit = Math.min(wait.limit, left);
    // Polls are shared with other steps, so they use a clock that does not end with one step.
    const time = patience?.clock ?? wait.context.time;
    const scheduler = wait.asks ? schedulerOf(wait.asks, time, clouds.pollMs) : new PollScheduler(time, clouds.pollMs);
    const usual = expected * (clouds.pollMs / realPollMs);
    const began = time.now();
    let first: { at: number; progress: number } | undefined = isNew ? { at: began, progress: 0 } : undefined;
    const notReady = (pending: string) => {
        const allowed = left < wait.limit ? patience?.over() : undefined;
        return new GaveUp(
            `waiting for ${what} ${allowed ?? `timed out after ${spoken(limit)} (${pending}). ${howToContinue}`}`,
        );
    };
    if (isNew && scheduler.isShared) {
        report(`waiting for ${what}`);
        await scheduler.rest(0, limit);
    } else scheduler.polled();
    let pending: string | undefined;
    for (;;) {
        const isLastPoll = patience !== undefined && patience.left() < lastMoments;
        const seen = await poll().catch((error: unknown) => {
            // A poll that the end of the step cut off tells nothing about the operation.
            const isCutOff = isLastPoll && error instanceof CloudError && error.retryable;
            throw isCutOff && pending !== undefined ? notReady(pending) : error;
        });
        const now = time.now();
        const elapsed = now - began;
        if ("done" in seen) {
            if (isNew && usual > 0) scheduler.recordDuration(usual, elapsed);
            // Without this, the row would keep showing the last message.
            report("");
            return seen.done;
        }
        if (elapsed >= limit) throw notReady(seen.pending);
        const { progress } = seen;
        pending = seen.pending;
        if (progress !== undefined) first ??= { at: now, progress };
        const measured = restByProgress(now, progress, first);
        const rest = measured ?? positive(scheduler.earliest(usual) - elapsed) ?? 0;
        report(describe(seen.pending, progress, measured ?? positive(usual - elapsed)));
        const isExact = measured !== undefined && measured <= clouds.pollMs * exactWithin;
        const wanted = Math.min(isExact ? rest : rest * partOfRest, clouds.pollMs * longestSleep);
        await scheduler.rest(wanted, limit - elapsed);
        // No time is left for another request.
        if (patience && patience.left() <= 0) throw notReady(seen.pending);
    }
}

const howToContinue = "Run the same command again to continue waiting, or increase timeouts";

/** The remaining time at the speed since the first poll; undefined before the progress changes. */
function restByProgress(
    now: number,
    progress: number | undefined,
    first: { at: number; progress: number } | undefined,
): number | undefined {
    if (progress === undefined || first === undefined || progress <= first.progress) return undefined;
    return ((now - first.at) * (1 - progress)) / (progress - first.progress);
}

function positive(ms: number): number | undefined {
    return ms > 0 ? ms : undefined;
}

function describe(pending: string, progress: number | undefined, rest: number | undefined): string {
    const percent = progress === undefined ? "" : ` ${Math.round(progress * 100)}%`;
    const left = rest === undefined ? "" : ` (about ${spoken(rest)} left)`;
    return `${pending}${percent}${left}`;
}

/** The message for a missing object that the stack's state still holds. */
export function missingMessage(what: string, region: string): string {
    return `${what} does not exist any more in ${region}. Run "pulumi refresh", then "pulumi up", to create a new one`;
}

/** How many times an object that should be in a list is looked for before it counts as missing. */
const maxPollsForMissing = 3;

/** Polls a list that should show `count` objects. Lists lag behind, so missing objects are looked for again. */
export async function awaited<T>(
    { time, clouds }: Pick<HandlerContext, "time" | "clouds">,
    count: number,
    poll: () => Promise<T[]>,
): Promise<T[]> {
    for (let attempt = 1; ; attempt++) {
        const found = await poll();
        if (found.length >= count || attempt >= maxPollsForMissing) return found;
        await time.sleep(clouds.pollMs);
    }
}
