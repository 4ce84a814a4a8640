import { systemTime, type Time, wallClock } from "./time";

/** A refusal of the time is believed when the clocks are at least this far apart. Milliseconds. */
const LEAST_SKEW_MS = 60_000;

/**
 * The date that requests are signed with: this machine's, until a cloud refuses it and its own date is known. From then
 * on the cloud's date, which goes on with a clock that is never set.
 */
export class SignatureClock {
    private known: { date: number; at: number } | undefined;

    constructor(
        private readonly date: () => number = wallClock,
        private readonly time: Pick<Time, "now"> = systemTime,
    ) {}

    now(): Date {
        return new Date(this.known ? this.known.date + this.time.now() - this.known.at : this.date());
    }

    /** Takes the date over that a refusal bears in its `Date` header; false when that would change nothing. */
    correct(header: string | undefined): boolean {
        const date = Date.parse(header ?? "");
        if (Number.isNaN(date) || Math.abs(date - this.now().getTime()) < LEAST_SKEW_MS) return false;
        this.known = { date, at: this.time.now() };
        return true;
    }
}
