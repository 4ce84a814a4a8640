import { AsyncLocalStorage } from "node:async_hooks";
import type { Time } from "../core/time";
import { type CloudError, UserError } from "./errors";

/** One request ends within this time, headers and body together. Milliseconds. */
const REQUEST_MS = 30_000;

/** What takes longer than this is a wait. Milliseconds. */
export const SLOW_MS = 5000;

/** How long something may still wait, and where it shows what it waits for. */
export interface Patience {
    /** Milliseconds; none when the time is over. */
    left(): number;
    /** Whether something is changed meanwhile, so that a host which others have given up is waited for. */
    readonly changes?: boolean;
    /** The clock that it goes by. */
    readonly clock?: Time;
    /** Resolves when the time is over; rejects when aborted before. */
    outlast(signal: AbortSignal): Promise<void>;
    /** Shows a passing wait; undefined shows again what was shown before. */
    show(message: string | undefined): void;
    /** Waits for a turn within the account's own quota, which may be no fault of the waiting. */
    inTurn(turn: Promise<void>): Promise<void>;
    /**
     * Why nothing is done any more: "gave up after 20 s (creating the image): …".
     *
     * @param pauseMs of a pause that would last longer than there is time
     */
    over(pauseMs?: number): string;
    /** Notes what was waited for when the time ran out. */
    noteFailure(error: CloudError): void;
}

// The clients of the clouds are shared by all resources, so whose step a request belongs to is not in their arguments.
const current = new AsyncLocalStorage<Patience | undefined>();

/** The patience of the step that is running; undefined outside of one. */
export function currentPatience(): Patience | undefined {
    return current.getStore();
}

/** Runs a step: every wait in it ends when its patience does. Undefined for work that belongs to no step. */
export function withPatience<T>(patience: Patience | undefined, work: () => T): T {
    return current.run(patience, work);
}

/** Milliseconds that one request of the running step may take. */
export function requestLimit(): number {
    return Math.min(REQUEST_MS, currentPatience()?.left() ?? REQUEST_MS);
}

/** What was waited for did not come within the time that is allowed. */
export class GaveUp extends UserError {}

/** Thrown to those who wait for something shared when their own time is over. */
export class OutOfTime extends GaveUp {}

/** Waits for something that may take longer than the step has time. @throws OutOfTime */
export async function withinPatience<T>(patience: Patience | undefined, shared: Promise<T>): Promise<T> {
    if (!patience || patience.left() === Number.POSITIVE_INFINITY) return shared;
    const done = new AbortController();
    const over = async (): Promise<never> => {
        await patience.outlast(done.signal);
        throw new OutOfTime(patience.over());
    };
    try {
        return await Promise.race([shared, over()]);
    } finally {
        // Any reason will do: without one, an error with its stack is made for every request.
        done.abort(shared);
    }
}

/** Never resolves; rejects when aborted. */
function endOf(signal: AbortSignal): Promise<never> {
    return new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
}

/** The patience of all who wait for one piece of work: as long as any of them has time left. */
export function jointPatience(waiting: () => Iterable<Patience | undefined>): Patience {
    const all = () => [...waiting()];
    return {
        get changes() {
            return all().some((one) => one?.changes);
        },
        left: () => Math.max(0, ...all().map((one) => one?.left() ?? Number.POSITIVE_INFINITY)),
        outlast: async (signal) => {
            await Promise.all(all().map((one) => one?.outlast(signal) ?? endOf(signal)));
        },
        show: (message) => {
            for (const one of all()) one?.show(message);
        },
        async inTurn(turn) {
            // Those whose own time is over leave by themselves.
            await Promise.allSettled(all().map((one) => one?.inTurn(turn) ?? turn));
            await turn;
        },
        over: () =>
            all()
                .find((one) => one !== undefined)
                ?.over() ?? "nobody waits for it any more",
        noteFailure: (error) => {
            for (const one of all()) one?.noteFailure(error);
        },
    };
}

/** Work that is done once for all who ask while it is under way: each waits no longer than its own step may. */
export function shareWork<T>(work: () => Promise<T>): () => Promise<T> {
    const waiting = new Set<{ patience: Patience | undefined }>();
    let started: Promise<T> | undefined;
    return async () => {
        const waiter = { patience: currentPatience() };
        waiting.add(waiter);
        const joint = jointPatience(() => [...waiting].map(({ patience }) => patience));
        started ??= withPatience(joint, work);
        try {
            return await withinPatience(waiter.patience, started);
        } finally {
            waiting.delete(waiter);
        }
    };
}
