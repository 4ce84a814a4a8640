import { spoken, type Time } from "../core/time";
import { CloudError, OUT_OF_TIME } from "./errors";
import { OutOfTime, type Patience, SLOW_MS, withinPatience, withPatience } from "./patience";

/** Waiting for the account's quota must not fail a lookup early, but this wait is limited too. Milliseconds. */
const LONGEST_TURNS_MS = 900_000;

export interface StepLimits {
    time: Time;
    /** Milliseconds for the whole step. @default no limit */
    limitMs?: number;
    /** The setting that increases the limit: "timeouts.create". */
    setting?: string;
    /** Whether waiting for a turn within the account's quota counts. @default true */
    countsTurns?: boolean;
    /** Shows what the step waits for; "" if it does not wait. */
    show(message: string): void;
}

/** The time that one step of a resource, or one command, has left. */
export class StepPatience implements Patience {
    /** The same clock, but a sleep that would last longer than the step ends with the step. */
    readonly time: Time;
    readonly clock: Time;
    readonly changes: boolean;
    private end: number;
    private shown = "";
    private passing: string | undefined;
    /** Called when the step has to wait. */
    private readonly awaited = new Set<() => void>();
    private first: CloudError | undefined;
    private turns = 0;
    private turnsFrom = 0;

    constructor(private readonly limits: StepLimits) {
        const { time, limitMs = Number.POSITIVE_INFINITY } = limits;
        this.clock = time;
        // Only steps that change nothing do not count their turns.
        this.changes = limits.countsTurns ?? true;
        this.end = time.now() + limitMs;
        this.time = { now: () => time.now(), sleep: (ms, signal) => this.sleep(ms, signal) };
    }

    run<T>(work: () => Promise<T>): Promise<T> {
        return withPatience(this, work).catch((error: unknown) => {
            // A failure after the end is caused by the end; the reason is the failure that the step was waiting to pass
            // until then.
            const isOver = error instanceof OutOfTime || (error instanceof CloudError && error.code === OUT_OF_TIME);
            throw (isOver && this.first) || error;
        });
    }

    left(): number {
        const { time, countsTurns = true } = this.limits;
        const uncounted = this.turns > 0 && !countsTurns ? Math.min(time.now() - this.turnsFrom, LONGEST_TURNS_MS) : 0;
        return Math.max(0, this.end + uncounted - time.now());
    }

    async outlast(signal: AbortSignal): Promise<void> {
        await this.delayed(signal);
        for (let left = this.left(); left > 0; left = this.left()) await this.limits.time.sleep(left, signal);
    }

    /** Shows what the step itself waits for. */
    report(message: string): void {
        this.shown = message;
        this.passing = undefined;
        this.limits.show(message);
    }

    show(message: string | undefined): void {
        this.passing = message;
        if (message !== undefined) for (const wake of this.awaited) wake();
        this.limits.show(message ?? this.shown);
    }

    async inTurn(turn: Promise<void>): Promise<void> {
        const { time, countsTurns = true } = this.limits;
        if (this.turns === 0) this.turnsFrom = time.now();
        this.turns++;
        try {
            await withinPatience(this, turn);
        } finally {
            this.turns--;
            if (this.turns === 0 && !countsTurns) {
                this.end += Math.min(time.now() - this.turnsFrom, LONGEST_TURNS_MS);
            }
        }
    }

    over(pauseMs?: number): string {
        const { limitMs = 0, setting } = this.limits;
        const doing = this.passing ?? this.shown;
        const waiting = doing === "" ? "" : ` (${doing})`;
        const more = setting ? `. Run the same command again to continue waiting, or increase ${setting}` : "";
        const left = this.left();
        if (pauseMs === undefined || left <= 0) return `timed out after ${spoken(limitMs)}${waiting}${more}`;
        return `gave up: the next request may be sent in ${spoken(pauseMs)}, and only ${spoken(left)} are left${waiting}${more}`;
    }

    noteFailure(error: CloudError): void {
        this.first ??= error;
    }

    /** Resolves as soon as there is a delay: an immediate answer needs no timer. */
    private async delayed(signal: AbortSignal): Promise<void> {
        if (this.passing !== undefined) return;
        let wake = () => {};
        try {
            await new Promise<void>((resolve, reject) => {
                wake = resolve;
                this.awaited.add(wake);
                AbortSignal.timeout(SLOW_MS).addEventListener("abort", wake);
                signal.addEventListener("abort", () => reject(signal.reason), { once: true });
            });
        } finally {
            this.awaited.delete(wake);
        }
    }

    private async sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
        const { time } = this.limits;
        const left = this.left();
        const isSilent = this.shown === "" && this.passing === undefined;
        if (isSilent) this.show("waiting before the next request");
        await time.sleep(Math.min(ms, left), signal);
        if (ms > left) throw new OutOfTime(this.over());
        if (isSilent) this.show(undefined);
    }
}
