import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Time } from "../provider/dist/clouds/time.js";

/** Turns of the event loop without a request under way after which nothing is at work any more. */
const quietTurns = 25;

interface Sleeper {
    readonly due: number;
    wake(): void;
}

/** Time that stands still while anybody works, and jumps to the next sleeper's hour when all sleep. */
export interface VirtualTime extends Time {
    /** Moves time on until the work is done. */
    run<T>(work: () => Promise<T>): Promise<T>;
}

/** @param clock what it moves: a frozen simulation, say */
export function virtualTime(clock: { now(): number; advance(ms: number): void }): VirtualTime {
    const sleepers = new Set<Sleeper>();

    async function runUntil(isDone: () => boolean): Promise<void> {
        let underWay = 0;
        let quiet = 0;
        const started = () => {
            underWay++;
        };
        const ended = () => {
            underWay--;
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
                quiet = underWay === 0 ? quiet + 1 : 0;
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
            await runUntil(() => isDone);
            return done;
        },
    };
}

/** A clock that nothing else moves. */
export function plainClock(now = Date.UTC(2026, 0, 1)): { now(): number; advance(ms: number): void } {
    return {
        now: () => now,
        advance: (ms) => {
            now += ms;
        },
    };
}
