import { type Costs, costsOf } from "./costs";
import { driftOf } from "./drift";
import { longestWay, type Range } from "./durations";
import { holdingsInState, type KnownHoldings } from "./holdings";
import { type AffectedImage, affectedImages } from "./images";
import { orderOf } from "./order";
import type { Operation, Plan, PlannedChange } from "./plan";
import { type Step, stepsOf } from "./steps";
import { valueAt, valueText } from "./values";

/** What a preview means, for a reviewer; plain JSON. */
export interface Report {
    project: string;
    stack: string;
    /** "fails": the preview itself did; "blocked": up would stop half way; "erases": data is lost. */
    verdict: "fails" | "blocked" | "erases" | "removes" | "harmless" | "nothing";
    /** Why, one sentence each. */
    reasons: string[];
    totals: Record<Exclude<Operation, "same">, number>;
    otherChanges: Record<string, number>;
    /** Whether users and recipients were read from the clouds or only from the preview. */
    readFrom: KnownHoldings["from"];
    readReason?: string;
    images: AffectedImage[];
    steps: Step[];
    staysBehind: string[];
    /** Seconds that making and copying takes, without shares and deletions. */
    expectedSeconds?: Range;
    costs: Costs;
    drift: string[];
    warnings: string[];
    differences: ResourceDifferences[];
}

/** What is different in one resource. */
export interface ResourceDifferences {
    name: string;
    type: string;
    operation: Operation;
    /** Inputs that make it a replacement; empty when another replacement forces it. */
    replaceReasons: string[];
    properties: { path: string; before?: string; after?: string }[];
}

/** @param known what hangs on the images; from the preview alone when left out */
export function reportOf(plan: Plan, known?: KnownHoldings): Report {
    const holdings = known ?? holdingsInState(plan.changes, "no stack was named");
    const acts = orderOf(plan.changes);
    const steps = stepsOf(acts, holdings);
    const drift = driftOf(plan, holdings);
    const expected = longestWay(acts);
    const { verdict, reasons } = judge(plan, steps);
    return {
        project: plan.project,
        stack: plan.stack,
        verdict,
        reasons,
        totals: totalsOf(plan.changes),
        otherChanges: plan.otherChanges,
        readFrom: holdings.from,
        ...(holdings.reason !== undefined && { readReason: holdings.reason }),
        images: affectedImages(plan, holdings),
        steps,
        staysBehind: [...new Set(steps.flatMap(({ staysBehind }) => staysBehind))],
        ...(expected && { expectedSeconds: expected }),
        costs: costsOf(acts, steps),
        drift,
        warnings: plan.warnings.flatMap(besidesErasing),
        differences: plan.changes.filter(({ operation }) => operation !== "same").map(differencesIn),
    };
}

/** What a disk's warning says besides what it erases, which the steps say. */
function besidesErasing(warning: string): string[] {
    return warning.startsWith("up erases the ") ? warning.split("; ").slice(1) : [warning];
}

function judge({ errors, otherChanges }: Plan, steps: readonly Step[]): Pick<Report, "verdict" | "reasons"> {
    if (errors.length > 0) return { verdict: "fails", reasons: errors };
    const blocks = steps.flatMap(({ number, blockedBy }) =>
        blockedBy === undefined ? [] : [`step ${number} is going to fail: ${blockedBy}`],
    );
    const erased = steps.flatMap(({ number, erases }) =>
        erases === undefined ? [] : [`step ${number} erases ${erases}`],
    );
    if (blocks.length > 0) return { verdict: "blocked", reasons: [...blocks, ...erased] };
    if (erased.length > 0) return { verdict: "erases", reasons: erased };
    if (steps.some(({ deed }) => /^(delete|unshare)/.test(deed))) return { verdict: "removes", reasons: [] };
    const isNothing = steps.length === 0 && Object.keys(otherChanges).length === 0;
    return { verdict: isNothing ? "nothing" : "harmless", reasons: [] };
}

function totalsOf(changes: readonly PlannedChange[]): Report["totals"] {
    const count = (wanted: Operation) => changes.filter(({ operation }) => operation === wanted).length;
    return { create: count("create"), update: count("update"), replace: count("replace"), delete: count("delete") };
}

function differencesIn(change: PlannedChange): ResourceDifferences {
    const { name, type, operation, olds, news, replaceReasons, differences } = change;
    const text = (value: unknown) => (value === undefined ? undefined : valueText(value));
    const whole = (properties: Record<string, unknown> | undefined, key: "before" | "after") =>
        Object.entries(properties ?? {}).map(([path, value]) => ({ path, [key]: text(value) }));
    const changed = differences.map(({ path }) => ({
        path,
        before: text(valueAt(olds?.inputs, path)),
        after: text(valueAt(news?.inputs, path)),
    }));
    const properties =
        operation === "create"
            ? whole(news?.inputs, "after")
            : operation === "delete"
              ? whole(olds?.inputs, "before")
              : changed;
    return { name, type, operation, replaceReasons, properties };
}
