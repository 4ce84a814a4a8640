import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Time } from "../provider/dist/core/time.js";

/** Turns of the event loop without an open request after which all work is assumed to be waiting. */
const quietTurns = 25;

interface Sleeper {
    readonly due: number;
    wake(): void;
}

/** Time that stops while any work runs, and jumps to the next due sleeper when all work sleeps. */
export interface VirtualTime extends Time {
    /** Advances time until the work is done. */
    run<T>(work: () => Promise<T>): Promise<T>;
}

/** @param clock the clock to advance, for example of a frozen simulation */
export function virtualTime(clock: { now(): number; advance(ms: number): void }): VirtualTime {
    const sleepers = new Set<Sleeper>();

    async function runUntil(isDone: () => boolean): Promise<void> {
        let openRequests = 0;
        let quiet = 0;
        const started = () => {
            openRequests++;
        };
        const ended = () => {
            openRequests--;
        };
        const channels = [
            ["http.client.request.start", started],
            ["http.client.response.finish", ended],
            ["http.client.request.error", ended],
        ] as const;
        for (const [name, listener] of channels) subscribe(name, listener);
        try {
            while (!isDone()) {
                await new Promise(setImmediate);
                quiet = openRequests === 0 ? quiet + 1 : 0;
                if (quiet < quietTurns || sleepers.size === 0) continue;
                quiet = 0;
                const due = Math.min(...[...sleepers].map((sleeper) => sleeper.due));
                clock.advance(Math.max(0, due - clock.now()));
                for (const sleeper of [...sleepers]) if (sleeper.due <= clock.now()) sleeper.wake();
            }
        } finally {
            for (const [name, listener] of channels) unsubscribe(name, listener);
        }
    }

    return {
        now: () => clock.now(),
        sleep: (ms, signal) =>
            new Promise((resolve, reject) => {
                signal?.throwIfAborted();
                const abort = () => {
                    sleepers.delete(sleeper);
                    reject(signal?.reason);
                };
                const sleeper: Sleeper = {
                    due: clock.now() + ms,
                    wake: () => {
                        sleepers.delete(sleeper);
                        signal?.removeEventListener("abort", abort);
                        resolve();
                    },
                };
                signal?.addEventListener("abort", abort, { once: true });
                sleepers.add(sleeper);
            }),
        async run(work) {
            let isDone = false;
            const done = work().finally(() => {
                isDone = true;
            });
            // `return done` throws the failure, after time has stopped.
            done.catch(() => undefined);
            await runUntil(() => isDone);
            return done;
        },
    };
}

/** Turns after which all work is assumed to be waiting, for `selfMovingTime`: as few as a request needs to start. */
const fewQuietTurns = 4;

/** Virtual time that advances by itself while any work sleeps. `close` stops watching requests. */
export function selfMovingTime(clock: { now(): number; advance(ms: number): void }): Time & { close(): void } {
    interface Waiting extends Sleeper {
        fail(reason: unknown): void;
    }
    const sleepers = new Set<Waiting>();
    let openRequests = 0;
    let isMoving = false;
    const started = () => void openRequests++;
    const ended = () => void openRequests--;
    const channels = [
        ["http.client.request.start", started],
        ["http.client.response.finish", ended],
        ["http.client.request.error", ended],
    ] as const;
    for (const [name, listener] of channels) subscribe(name, listener);

    function wakeDue(): void {
        const due = Math.min(...[...sleepers].map((sleeper) => sleeper.due));
        try {
            clock.advance(Math.max(0, due - clock.now()));
        } catch (error) {
            for (const sleeper of [...sleepers]) sleeper.fail(error);
            return;
        }
        for (const sleeper of [...sleepers]) if (sleeper.due <= clock.now()) sleeper.wake();
    }

    async function move(): Promise<void> {
        if (isMoving) return;
        isMoving = true;
        for (let quiet = 0; sleepers.size > 0; ) {
            await new Promise(setImmediate);
            quiet = openRequests <= 0 ? quiet + 1 : 0;
            if (quiet < fewQuietTurns || sleepers.size === 0) continue;
            quiet = 0;
            wakeDue();
        }
        isMoving = false;
    }

    return {
        now: () => clock.now(),
        sleep: (ms, signal) =>
            new Promise((resolve, reject) => {
                signal?.throwIfAborted();
                const leave = () => {
                    sleepers.delete(sleeper);
                    signal?.removeEventListener("abort", abort);
                };
                const fail = (reason: unknown) => {
                    leave();
                    reject(reason);
                };
                const abort = () => fail(signal?.reason);
                const wake = () => {
                    leave();
                    resolve();
                };
                const sleeper: Waiting = { due: clock.now() + ms, wake, fail };
                signal?.addEventListener("abort", abort, { once: true });
                sleepers.add(sleeper);
                void move();
            }),
        close: () => {
            for (const [name, listener] of channels) unsubscribe(name, listener);
        },
    };
}

/** A clock that only `advance` moves. */
export function plainClock(now = Date.UTC(2026, 0, 1)): { now(): number; advance(ms: number): void } {
    return {
        now: () => now,
        advance: (ms) => {
            now += ms;
        },
    };
}
