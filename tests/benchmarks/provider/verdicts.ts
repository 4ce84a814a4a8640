import type { Spread } from "../simulator/statistics.ts";
import type { Calls } from "./cloudCalls.ts";
import type { FloorMeasure, Stored } from "./engineFloor.ts";
import type { LargeInput } from "./largeInputs.ts";
import type { HelpStart, StartUp } from "./startUp.ts";

/** One line of the table: the target and the result. */
export interface Verdict {
    readonly what: string;
    readonly ours: string;
    readonly comparedWith: string;
    readonly ratio: string;
    readonly target: string;
    /** Undefined if there is no target. */
    readonly holds?: boolean;
    /** What limits the result. */
    readonly limit: string;
}

const number = (value: number) => value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 1 : 0 });
const times = (value: number) => `${value.toFixed(2)} x`;
const seconds = ({ min, median }: Spread) => `${number(min / 1000)} / ${number(median / 1000)} s`;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Compares the fastest runs: other load on the machine only makes a run slower. */
export function floorVerdict({ size, operation, ours, floor }: FloorMeasure): Verdict {
    const ratio = ours.min / floor.min;
    const isJudged = operation === "up" && size > 10;
    return {
        what: `${operation} of ${size} images, cloud time zero`,
        ours: seconds(ours),
        comparedWith: `${seconds(floor)} floor`,
        ratio: times(ratio),
        target: isJudged ? "<= 1.15 x" : "-",
        holds: isJudged ? ratio <= 1.15 : undefined,
        limit: "the plugin signs requests in one thread, and the simulator uses some of the CPU time",
    };
}

export function stateVerdict({ what, bytes }: Stored): Verdict {
    return {
        what: `state of ${what}, two tags and one copy`,
        ours: `${number(bytes)} bytes`,
        comparedWith: "-",
        ratio: "-",
        target: "<= 1,800 bytes",
        holds: bytes <= 1800,
        limit: "the engine stores inputs and outputs, both with URN and provider",
    };
}

export function callVerdicts(calls: Calls, isPaced: boolean): Verdict[] {
    const { images, create, looks, refreshLists, destroy, late } = calls;
    const paced = isPaced ? ", 10 calls a minute" : "";
    const late3 = mean(late) <= 3000;
    return [
        {
            what: `calls of ${images} images${paced}: create (polls) / refresh / destroy`,
            ours: `${create} (${looks}) / ${refreshLists} / ${destroy}`,
            comparedWith: `${number(create / images)} per image`,
            ratio: "-",
            target: images === 100 ? "refresh <= 2" : "-",
            holds: images === 100 ? refreshLists <= 2 : undefined,
            limit: "a list takes 100 ids of one region",
        },
        {
            what: `delay until the end of ${images} snapshots and images is noticed${paced}`,
            ours: `${(mean(late) / 1000).toFixed(2)} s, at most ${number(Math.max(...late) / 1000)} s`,
            comparedWith: "-",
            ratio: "-",
            target: "<= 3 s on average",
            holds: late3,
            limit: "10 polls a minute over all regions are 6 s apart: 3 s late on average in one region, more in two",
        },
    ];
}

export function waitingVerdict(size: number, calls: number): Verdict {
    const naive = size * 60;
    return {
        what: `calls that wait 10 minutes for ${size} images`,
        ours: number(calls),
        comparedWith: `${number(naive)} with one poll per image every 10 s`,
        ratio: `1/${number(naive / calls)}`,
        target: "<= 1/20",
        holds: calls <= naive / 20,
        limit: "one list for each region and poll",
    };
}

/** The last image can begin when the quota has admitted the others; then its snapshot and its image take their time. */
export function quotaVerdict({ images, createMs, throttled }: Calls, longestMs: number): Verdict {
    const least = (Math.ceil(images / 10) - 1) * 60_000 + longestMs;
    return {
        what: `${images} images at 10 calls a minute of each action, virtual time`,
        ours: `${number(createMs / 60_000)} min, ${throttled} refusals`,
        comparedWith: `${number(least / 60_000)} min by the quota alone`,
        ratio: times(createMs / least),
        target: "<= 1.1 x, 0 refusals",
        holds: createMs <= 1.1 * least && throttled === 0,
        limit: "the quota of CreateSnapshot, and polls that notice an end late",
    };
}

export function startVerdicts({ plugin, emptyPlugin, program, emptyProgram }: StartUp): Verdict[] {
    const verdict = (what: string, ours: Spread, floor: Spread, limit: string): Verdict => ({
        what: `${what} loads its modules`,
        ours: `${number(ours.min)} / ${number(ours.median)} ms`,
        comparedWith: `${number(floor.min)} / ${number(floor.median)} ms without the package`,
        ratio: times(ours.min / floor.min),
        target: "<= 1.25 x",
        holds: ours.min <= 1.25 * floor.min,
        limit,
    });
    return [
        verdict("provider process", plugin, emptyPlugin, "zod; the signing code is loaded with the first request"),
        verdict("program", program, emptyProgram, "only resource classes"),
    ];
}

export function largeInputVerdict({ what, ours, floor, most }: LargeInput): Verdict {
    const ratio = ours.min / floor.min;
    return {
        what,
        ours: seconds(ours),
        comparedWith: `${seconds(floor)} for parsing alone`,
        ratio: times(ratio),
        target: `<= ${most} x`,
        holds: ratio <= most,
        limit: "schemas that validate every value",
    };
}

export function helpVerdicts({ help, completion, nothing }: HelpStart): Verdict[] {
    const verdict = (what: string, ours: Spread): Verdict => ({
        what: `machine-images ${what}, start to exit`,
        ours: `${number(ours.min)} / ${number(ours.median)} ms`,
        comparedWith: `${number(nothing.min)} / ${number(nothing.median)} ms node -e 0`,
        ratio: times(ours.min / nothing.min),
        target: "<= 2 x, <= 150 ms",
        holds: ours.min <= 2 * nothing.min && ours.min <= 150,
        limit: "starting Node.js, then one small file for each command",
    });
    return [verdict("--help", help), verdict("completion bash", completion)];
}
