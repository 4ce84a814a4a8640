import { spoken, type Time } from "../core/time";
import { CloudError, OUT_OF_TIME } from "./errors";
import { OutOfTime, type Patience, SLOW_MS, withinPatience, withPatience } from "./patience";

/** The quota of an account is no reason to fail a lookup early, but its wait ends as well. Milliseconds. */
const LONGEST_TURNS_MS = 900_000;

export interface StepLimits {
    time: Time;
    /** Milliseconds for the whole step. @default no end */
    limitMs?: number;
    /** The setting that allows more: "timeouts.create". */
    setting?: string;
    /** Whether waiting for a turn within the account's quota counts. @default true */
    countsTurns?: boolean;
    /** Shows what is being waited for; "" when nothing is. */
    show(message: string): void;
}

/** What one step of a resource, or one command, has left of its time. */
export class StepPatience implements Patience {
    /** The same clock; a sleep that would last longer than the step ends with it. */
    readonly time: Time;
    readonly clock: Time;
    readonly changes: boolean;
    private end: number;
    private shown = "";
    private passing: string | undefined;
    /** Told when something has to be waited for. */
    private readonly awaited = new Set<() => void>();
    private first: CloudError | undefined;
    private turns = 0;
    private turnsFrom = 0;

    constructor(private readonly limits: StepLimits) {
        const { time, limitMs = Number.POSITIVE_INFINITY } = limits;
        this.clock = time;
        // Only steps that look leave out their turns.
        this.changes = limits.countsTurns ?? true;
        this.end = time.now() + limitMs;
        this.time = { now: () => time.now(), sleep: (ms, signal) => this.sleep(ms, signal) };
    }

    run<T>(work: () => Promise<T>): Promise<T> {
        return withPatience(this, work).catch((error: unknown) => {
            // What failed after the end failed because of it: the reason is what was waited for until then.
            const isOver = error instanceof OutOfTime || (error instanceof CloudError && error.code === OUT_OF_TIME);
            throw (isOver && this.first) || error;
        });
    }

    left(): number {
        const { time, countsTurns = true } = this.limits;
        const excused = this.turns > 0 && !countsTurns ? Math.min(time.now() - this.turnsFrom, LONGEST_TURNS_MS) : 0;
        return Math.max(0, this.end + excused - time.now());
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
        if (message !== undefined) for (const go of this.awaited) go();
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
        const more = setting ? `: run the same command again to go on waiting, or allow more time with ${setting}` : "";
        const left = this.left();
        if (pauseMs === undefined || left <= 0) return `gave up after ${spoken(limitMs)}${waiting}${more}`;
        return `gave up, for the next request may be sent in ${spoken(pauseMs)} and ${spoken(left)} are left${waiting}${more}`;
    }

    noteFailure(error: CloudError): void {
        this.first ??= error;
    }

    /** Resolves as soon as there is a delay: what is answered at once needs no timer. */
    private async delayed(signal: AbortSignal): Promise<void> {
        if (this.passing !== undefined) return;
        let go = () => {};
        try {
            await new Promise<void>((resolve, reject) => {
                go = resolve;
                this.awaited.add(go);
                AbortSignal.timeout(SLOW_MS).addEventListener("abort", go);
                signal.addEventListener("abort", () => reject(signal.reason), { once: true });
            });
        } finally {
            this.awaited.delete(go);
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
