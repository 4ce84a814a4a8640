import { AsyncLocalStorage } from "node:async_hooks";
import type { Time } from "../core/time";
import { type CloudError, UserError } from "./errors";

/** The time limit of one request, headers and body together. Milliseconds. */
const REQUEST_MS = 30_000;

/** A request that takes longer than this is shown as a wait. Milliseconds. */
export const SLOW_MS = 5000;

/** How long a step may still wait, and where it shows what it waits for. */
export interface Patience {
    /** Milliseconds left; 0 if the time is over. */
    left(): number;
    /** Whether the step may change something. Such a step also waits for a host that other requests have given up. */
    readonly changes?: boolean;
    /** The clock that measures the time. */
    readonly clock?: Time;
    /** Resolves when the time is over; rejects if it is aborted before. */
    outlast(signal: AbortSignal): Promise<void>;
    /** Shows a temporary wait; undefined restores the previous message. */
    show(message: string | undefined): void;
    /** Waits for a turn within the account's quota, which may not count as time of the step. */
    inTurn(turn: Promise<void>): Promise<void>;
    /**
     * Why the step stops: "timed out after 20 s (creating the image). …".
     *
     * @param pauseMs of a pause that would last longer than the time that is left
     */
    over(pauseMs?: number): string;
    /** Records the failure that the step was waiting to pass when the time ran out. */
    noteFailure(error: CloudError): void;
}

// The clients are shared by all resources, so the step of a request is not in their arguments.
const current = new AsyncLocalStorage<Patience | undefined>();

/** The patience of the running step; undefined outside of a step. */
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

/** A wait did not end within its time limit. */
export class GaveUp extends UserError {}

/** Thrown to callers of shared work when their own time is over. */
export class OutOfTime extends GaveUp {}

/** Waits for shared work that may take longer than the step has time. @throws OutOfTime */
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
        // Passes a reason, because without one an error with its stack is created for every request.
        done.abort(shared);
    }
}

/** Never resolves; rejects when aborted. */
function endOf(signal: AbortSignal): Promise<never> {
    return new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
}

/** The joint patience of all callers of one piece of work: time is left as long as any of them has time left. */
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
            // A caller whose own time is over stops by itself.
            await Promise.allSettled(all().map((one) => one?.inTurn(turn) ?? turn));
            await turn;
        },
        over: () =>
            all()
                .find((one) => one !== undefined)
                ?.over() ?? "no step waits for it any more",
        noteFailure: (error) => {
            for (const one of all()) one?.noteFailure(error);
        },
    };
}

/** Runs work once for all callers that ask while it is running; each waits no longer than its own step may. */
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
