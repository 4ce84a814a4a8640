import { CloudError } from "../../clouds/errors";
import { currentPatience, GaveUp } from "../../clouds/patience";
import { spoken } from "../../core/time";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { PollScheduler, schedulerOf } from "./pollScheduler";

/** One look at something that takes its time. */
export type PollResult<T> =
    | { done: T }
    | {
          /** What it is doing, for the user: "creating image". */
          pending: string;
          /** Between 0 and 1, when the cloud tells. */
          progress?: number;
      };

export interface Wait<T> {
    context: Pick<HandlerContext, "time" | "report" | "clouds">;
    /** What is awaited, with its id: "image m-bp1…". */
    what: string;
    /** Looks once; throws when what is awaited can no longer come. */
    poll: () => Promise<PollResult<T>>;
    /** How long to wait at most, ms. */
    limit: number;
    /** How long it usually takes, ms, for when the cloud tells no progress. */
    expected?: number;
    /** The joined lookup that `look` asks: all who ask the same one look at the same moments, in one call. */
    asks?: object;
    /** It has only just begun, so that the first look can be one of others who wait for the like. */
    isNew?: boolean;
}

/** Sleeps this part of the estimated rest, so that a long wait takes few calls and its end is seen soon. */
const partOfRest = 0.6;
/** What the cloud's own progress says of the last poll intervals is exact enough to sleep until the very end. */
const exactWithin = 4;
/** A look that begins so shortly before the end of the step may not be answered. Milliseconds. */
const lastMoments = 1000;
/** No sleep is longer than this many poll intervals. */
const longestSleep = 10;
/** The poll interval of a real cloud, ms: a shorter one means a simulated cloud that is as many times faster. */
const realPollMs = 6000;

/** Asks until it is done, at the cloud's pace and within its quota; the shortest interval is the connection's. */
export async function waitUntil<T>(wait: Wait<T>): Promise<T> {
    const { what, poll, expected = 0, isNew = false } = wait;
    const { report, clouds } = wait.context;
    const patience = currentPatience();
    const left = patience?.left() ?? Number.POSITIVE_INFINITY;
    const limit = Math.min(wait.limit, left);
    // Looks are shared with other steps, so they go by a clock that ends with none of them.
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
    } else scheduler.looked();
    let pending: string | undefined;
    for (;;) {
        const isLastLook = patience !== undefined && patience.left() < lastMoments;
        const seen = await poll().catch((error: unknown) => {
            // A look that was cut off by the end says nothing of what was waited for.
            const isCutOff = isLastLook && error instanceof CloudError && error.retryable;
            throw isCutOff && pending !== undefined ? notReady(pending) : error;
        });
        const now = time.now();
        const elapsed = now - began;
        if ("done" in seen) {
            if (isNew && usual > 0) scheduler.took(usual, elapsed);
            // The row would keep showing the last message.
            report("");
            return seen.done;
        }
        if (elapsed >= limit) throw notReady(seen.pending);
        const { progress } = seen;
        pending = seen.pending;
        if (progress !== undefined) first ??= { at: now, progress };
        const measured = restByProgress(now, progress, first);
        const rest = measured ?? positive(scheduler.soonest(usual) - elapsed) ?? 0;
        report(describe(seen.pending, progress, measured ?? positive(usual - elapsed)));
        const isExact = measured !== undefined && measured <= clouds.pollMs * exactWithin;
        const wanted = Math.min(isExact ? rest : rest * partOfRest, clouds.pollMs * longestSleep);
        await scheduler.rest(wanted, limit - elapsed);
        // Nothing can be asked any more.
        if (patience && patience.left() <= 0) throw notReady(seen.pending);
    }
}

const howToContinue = "Run the same command again to continue waiting, or increase timeouts";

/** As long as the rest takes at the speed since the first look; undefined before it moves. */
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

/** For an object that the stack's state still holds. */
export function goneFor(what: string, region: string): string {
    return `${what} does not exist any more in ${region}. Run "pulumi refresh", then "pulumi up", to create a new one`;
}

/** How often what should be in a list is looked for before it counts as gone. */
const looksForMissing = 3;

/** What a list shows of so many things that should be in it: lists lag behind, so what is missing is looked for again. */
export async function awaited<T>(
    { time, clouds }: Pick<HandlerContext, "time" | "clouds">,
    count: number,
    poll: () => Promise<T[]>,
): Promise<T[]> {
    for (let attempt = 1; ; attempt++) {
        const found = await poll();
        if (found.length >= count || attempt >= looksForMissing) return found;
        await time.sleep(clouds.pollMs);
    }
}
