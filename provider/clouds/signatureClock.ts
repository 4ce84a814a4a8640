import { systemTime, type Time, wallClock } from "../core/time";

/**
 * A date is tried after a refused signature time only if it differs from all refused dates by at least this much.
 * Milliseconds.
 */
const LEAST_SKEW_MS = 60_000;

/** A date and the matching time of a monotonic clock. */
interface Anchor {
    date: number;
    at: number;
}

/** The start of this process. Changes of the machine's clock during the run do not affect it. */
const processStart: Anchor = { date: wallClock(), at: systemTime.now() };

/**
 * The date that requests are signed with. By default, it is this machine's date. If a cloud refuses it, because it is
 * wrong or was changed during the run, the date since the process start is used, or the cloud's own date.
 */
export class SignatureClock {
    private anchor: Anchor | undefined;

    constructor(
        private readonly date: () => number = wallClock,
        private readonly time: Pick<Time, "now"> = systemTime,
        private readonly start: Anchor = processStart,
    ) {}

    now(): Date {
        return new Date(this.anchor ? this.since(this.anchor) : this.date());
    }

    /**
     * Switches to a date that was not refused; false if there is none.
     *
     * @param header the date in the refusal's header
     */
    correct(header: string | undefined, refused: readonly Date[]): boolean {
        const answered: Anchor = { date: Date.parse(header ?? ""), at: this.time.now() };
        const isNew = (date: number) =>
            refused.every((one) => Math.abs(one.getTime() - date) >= LEAST_SKEW_MS) && !Number.isNaN(date);
        this.anchor = [this.start, answered].find((one) => isNew(this.since(one)));
        return this.anchor !== undefined || isNew(this.date());
    }

    private since({ date, at }: Anchor): number {
        return date + this.time.now() - at;
    }
}
