import { UserError } from "../clouds/errors";
import type { Surroundings } from "../dynamic/handler";

/** One look at something that takes its time. */
export type Look<T> =
    | { done: T }
    | {
          /** What it is doing, for the user: "creating image". */
          pending: string;
          /** Between 0 and 1, when the cloud tells. */
          progress?: number;
      };

export interface Wait<T> {
    surroundings: Pick<Surroundings, "time" | "report" | "clouds">;
    /** What is awaited, with its id: "image m-bp1…". */
    what: string;
    /** Looks once; throws when what is awaited can no longer come. */
    look: () => Promise<Look<T>>;
    /** How long to wait at most, ms. */
    limit: number;
    /** How long it usually takes, ms, for when the cloud tells no progress. */
    expected?: number;
}

/** Sleeps this part of the estimated rest, so that a long wait takes few calls and its end is seen soon. */
const partOfRest = 0.6;
/** No sleep is longer than this many poll intervals. */
const longestSleep = 20;
/** The poll interval of a real cloud, ms: a shorter one means a simulated cloud that is as many times faster. */
const realPollMs = 6000;

/** Asks until it is done, at the cloud's pace and within its quota; the shortest interval is the connection's. */
export async function waitUntil<T>({ surroundings, what, look, limit, expected = 0 }: Wait<T>): Promise<T> {
    const { time, report, clouds } = surroundings;
    const began = time.now();
    for (;;) {
        const seen = await look();
        if ("done" in seen) {
            // The row would keep showing the last message.
            report("");
            return seen.done;
        }
        const elapsed = time.now() - began;
        if (elapsed >= limit) {
            throw new UserError(
                `${what} is not ready after ${minutes(limit)} (${seen.pending}): ` +
                    "run the same command again to go on waiting, or allow more time with timeouts",
            );
        }
        const rest = restOf(elapsed, seen.progress) ?? restOfUsual(elapsed, expected * (clouds.pollMs / realPollMs));
        report(describe(seen.pending, seen.progress, rest));
        const sleep = Math.min(Math.max((rest ?? 0) * partOfRest, clouds.pollMs), clouds.pollMs * longestSleep);
        await time.sleep(Math.min(sleep, limit - elapsed));
    }
}

function restOf(elapsed: number, progress: number | undefined): number | undefined {
    if (!progress || progress <= 0.02 || elapsed === 0) return undefined;
    return (elapsed * (1 - progress)) / progress;
}

function restOfUsual(elapsed: number, usual: number): number | undefined {
    return elapsed < usual ? usual - elapsed : undefined;
}

function describe(pending: string, progress: number | undefined, rest: number | undefined): string {
    const percent = progress === undefined ? "" : ` ${Math.round(progress * 100)}%`;
    const left = rest === undefined ? "" : ` (about ${minutes(rest)} left)`;
    return `${pending}${percent}${left}`;
}

function minutes(ms: number): string {
    if (ms < 90_000) return `${Math.max(1, Math.round(ms / 1000))} s`;
    return `${Math.round(ms / 60_000)} min`;
}

/** For an object that the stack's state still holds. */
export function goneFor(what: string, region: string): string {
    return `${what} is gone from ${region}: run "pulumi refresh", then up, to make a new one`;
}
