import { systemTime, type Time, wallClock } from "../core/time";

/** A refusal of the time is believed when there is a date that is at least this far away. Milliseconds. */
const LEAST_SKEW_MS = 60_000;

/** A date at some moment of a clock that is never set. */
interface Anchor {
    date: number;
    at: number;
}

/** This process's start: no clock can have been set before. */
const processStart: Anchor = { date: wallClock(), at: systemTime.now() };

/**
 * The date that requests are signed with: this machine's. When a cloud refuses it, because it is wrong or has been set
 * meanwhile, the date of the start goes on, or that of the cloud.
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
     * Takes another date over than those that were refused; false when there is none.
     *
     * @param header the date that the refusal bears
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
