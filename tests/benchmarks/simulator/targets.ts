import type { Memory } from "./memory.ts";
import { limitOf, type Rate } from "./rates.ts";
import type { Spread } from "./statistics.ts";

/** One line of the table: the target and the result. */
export interface Verdict {
    readonly what: string;
    readonly ours: string;
    readonly moto: string;
    readonly ratio: string;
    readonly target: string;
    readonly holds: boolean;
    /** What limits the result. */
    readonly limit: string;
}

const number = (value: number) =>
    Number.isFinite(value) ? value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 1 : 0 }) : "-";

export const spreadText = ({ min, median, max }: Spread) => `${number(min)} / ${number(median)} / ${number(max)}`;

export function startVerdict(ours: Spread, moto: Spread): Verdict {
    return {
        what: "start to first signed answer, --memory (ms)",
        ours: spreadText(ours),
        moto: spreadText(moto),
        ratio: `${number(moto.median / ours.median)} x`,
        target: "<= 250 ms",
        holds: ours.median <= 250,
        limit: "loading modules, opening the database, seeding the world",
    };
}

/** A duration of at most `most` milliseconds. */
export function timeVerdict(what: string, ours: Spread, most: number, limit: string): Verdict {
    return {
        what: `${what} (ms)`,
        ours: spreadText(ours),
        moto: "-",
        ratio: "-",
        target: `<= ${number(most)} ms`,
        holds: ours.median <= most,
        limit,
    };
}

/** The memory of each additional image: from none to the largest measured number. */
export function growthVerdict(memory: readonly Memory[], most: number): Verdict {
    const [none] = memory;
    const last = memory.at(-1);
    const bytes = last && none ? ((last.afterReads - none.idle) * 2 ** 20) / Math.max(1, last.images) : Number.NaN;
    return {
        what: `memory of each of ${number(last?.images ?? 0)} images, after reads (bytes)`,
        ours: number(bytes),
        moto: "-",
        ratio: "-",
        target: `<= ${number(most)}`,
        holds: bytes <= most,
        limit: "an object in memory, its entry in the indexes by age, id and queried field",
    };
}

export function dayVerdict(ours: Spread): Verdict {
    return {
        what: "a day with 10,000 pending jobs, --data (ms)",
        ours: spreadText(ours),
        moto: "-",
        ratio: "-",
        target: "<= 1,000 ms",
        holds: ours.median <= 1000,
        limit: "one core; each job changes an object and writes a line of the log",
    };
}

export function rateVerdict(
    what: string,
    ours: Rate,
    moto: Rate | undefined,
    wanted: { perSecond: number; times?: number },
): Verdict {
    const rate = ours.perSecond.median;
    const ratio = moto ? rate / moto.perSecond.median : Number.NaN;
    const times = wanted.times === undefined ? "" : ` and >= ${wanted.times} x`;
    return {
        what: `${what} (per second)`,
        ours: spreadText(ours.perSecond),
        moto: moto ? spreadText(moto.perSecond) : "-",
        ratio: moto ? `${number(ratio)} x` : "-",
        target: `>= ${number(wanted.perSecond)}/s${times}`,
        holds: !ours.problem && rate >= wanted.perSecond && !(ratio < (wanted.times ?? 0)),
        limit: ours.problem ?? limitOf(ours),
    };
}

/** Flat: with the most images at least half of the rate with the fewest. */
export function flatVerdict(what: string, rates: readonly Rate[]): Verdict {
    const [first] = rates;
    const last = rates.at(-1);
    const part = (last?.perSecond.median ?? 0) / (first?.perSecond.median ?? 1);
    return {
        what: `${what}: most images compared with fewest`,
        ours: rates.map(({ perSecond }) => number(perSecond.median)).join(" -> "),
        moto: "-",
        ratio: `${number(part)} x`,
        target: "flat: >= 0.5 x",
        holds: part >= 0.5,
        limit: last ? limitOf(last) : "",
    };
}

export function memoryVerdict(what: string, ours: number, moto: Memory | undefined, most: number): Verdict {
    const theirs = moto ? Math.max(moto.idle, moto.afterReads) : Number.NaN;
    return {
        what: `${what} (MiB)`,
        ours: number(ours),
        moto: moto ? `${number(theirs)} with ${moto.images} own` : "-",
        ratio: moto ? `${number(theirs / ours)} x` : "-",
        target: `<= ${most} MB`,
        holds: ours * 1.048576 <= most,
        limit: "resident set, including modules and V8 heap",
    };
}
