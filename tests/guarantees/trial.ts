import { isDeepStrictEqual } from "node:util";
import type { Simulated } from "../resources/simulated.ts";
import { inClouds } from "./clouds.ts";
import type { Program } from "./program.ts";
import { ProgramStack } from "./programStack.ts";
import type { Scenario } from "./scenarios.ts";
import { whileClockIsSet } from "./setClock.ts";

/** Runs a scenario's step in disturbed clouds. */
export type Disturbance = (clouds: Simulated, step: () => Promise<unknown>) => Promise<void>;

/** A problem, by the column of the table that counts it. */
export interface Problem {
    readonly what: "errors shown" | "duplicates" | "differences" | "orphans";
    readonly details: string;
}

/** The result of an undisturbed step. */
export interface Undisturbed {
    /** The requests that changed something, in order: the action, and its number among requests of this action. */
    readonly changes: readonly { readonly action: string; readonly nth: number }[];
    /** The objects afterwards, without values that differ from run to run. */
    readonly made: readonly string[];
}

/** Runs a scenario without a disturbance. */
export async function undisturbed(scenario: Scenario & { seed?: number }): Promise<Undisturbed> {
    return inClouds(scenario, async (clouds) => {
        const { stack } = await prepared(clouds, scenario);
        const from = clouds.calls().length;
        await stepOf(stack, scenario)();
        const counts = new Map<string, number>();
        const changes = clouds
            .calls()
            .slice(from)
            .flatMap((call) => {
                const nth = (counts.get(call.action) ?? 0) + 1;
                counts.set(call.action, nth);
                return clouds.isChange(call) ? [{ action: call.action, nth }] : [];
            });
        if (scenario.next) await stack.up(scenario.next);
        return { changes, made: madeIn(clouds) };
    });
}

/** Runs a scenario with its step disturbed, then the step again, then a destroy. @returns the problems */
export async function disturbed(
    scenario: Scenario & { seed?: number },
    disturbance: Disturbance,
    expected: Undisturbed,
): Promise<Problem[]> {
    return inClouds(scenario, async (clouds) => {
        const { stack, beside } = await prepared(clouds, scenario);
        const { next } = scenario;
        const step = stepOf(stack, scenario);
        const problems: Problem[] = [];
        const attempt = async (work: () => Promise<unknown>) => {
            await work().catch((error: unknown) => {
                problems.push({ what: "errors shown", details: String(error) });
            });
        };
        const disturbedStep = () => disturbance(clouds, step);
        await attempt(() => (scenario.isClockSet ? whileClockIsSet(clouds, disturbedStep) : disturbedStep()));
        clouds.simulator.sim.advance(1000 * (scenario.lagSeconds ?? 0));
        scenario.between?.(stack);
        await attempt(next ? () => stack.up(next) : step);
        problems.push(...compared(madeIn(clouds), expected.made));
        const assertQuiet = async (quiet: ProgramStack, program: Program) => {
            const planned = Object.entries(await quiet.preview(program)).filter(([, plan]) => plan !== "same");
            const drifted = Object.entries(await quiet.refresh());
            const all = [...planned, ...drifted].map((change) => change.join(" "));
            if (all.length > 0) problems.push({ what: "differences", details: all.join(", ") });
        };
        const { step: program } = scenario;
        if (program !== "destroy") await attempt(() => assertQuiet(stack, next ?? program));
        await attempt(() => stack.destroy());
        if (beside !== stack) {
            await attempt(() => assertQuiet(beside, scenario.beside ?? []));
            await attempt(() => beside.destroy());
        }
        const left = clouds.left();
        if (left.length > 0) problems.push({ what: "orphans", details: left.join(", ") });
        return problems;
    });
}

async function prepared(clouds: Simulated, scenario: Scenario): Promise<Record<"stack" | "beside", ProgramStack>> {
    const first = new ProgramStack(clouds);
    const beside = new ProgramStack(clouds, "beside");
    if (scenario.beside) await beside.up(scenario.beside);
    for (const program of scenario.before) await first.up(program);
    return { stack: scenario.arrange?.(first, beside) ?? first, beside };
}

function stepOf(stack: ProgramStack, { step }: Scenario): () => Promise<unknown> {
    return step === "destroy" ? () => stack.destroy() : () => stack.up(step);
}

function compared(made: readonly string[], expected: readonly string[]): Problem[] {
    const kindOf = (object: string) => object.split(" ")[0] ?? "";
    const duplicates = made.filter(
        (object) => count(made.map(kindOf), kindOf(object)) > count(expected.map(kindOf), kindOf(object)),
    );
    if (duplicates.length > 0) return [{ what: "duplicates", details: duplicates.join("\n") }];
    if (isDeepStrictEqual(made, expected)) return [];
    return [
        {
            what: "differences",
            details: made
                .flatMap((object, index) => (object === expected[index] ? [] : [`${object}\nnot ${expected[index]}`]))
                .join("\n"),
        },
    ];
}

const count = (all: readonly string[], one: string) => all.filter((other) => other === one).length;

/** Values that differ from run to run: owner ids, times, addresses. */
const passing: readonly [RegExp, string][] = [
    [/\b[0-9a-f]{16}\.[0-9a-f]{8}\.[0-9a-f]{8}\b/g, "owner"],
    [/(?<=version-of\.)[0-9a-f]{16}/g, "owner"],
    [/-[0-9a-f]{7}(?=[-"])/g, ""],
    [/\b1[0-9]{12}(\.[0-9]+)?\b/g, "0"],
    [/\b\d{4}-\d\d-\d\dT[\d:.]+Z?/g, "time"],
    [/\b\d+\.\d+\.\d+\.\d+\b/g, "address"],
];

/** Every object that did not exist at the start, by kind, with all its fields and without values that differ by run. */
function madeIn(clouds: Simulated): string[] {
    // Let the clouds finish what they still do by themselves.
    clouds.simulator.sim.advance(3_600_000);
    const made = clouds.made();
    const ids = made.map(({ id, kind }) => [id, kind] as const).sort(([one], [other]) => other.length - one.length);
    const texts = made.map(({ kind, value }) => {
        let text = `${kind} ${JSON.stringify(value)}`;
        for (const [id, its] of ids) text = text.replaceAll(id, its);
        for (const [pattern, word] of passing) text = text.replace(pattern, word);
        return text;
    });
    return texts.sort();
}
