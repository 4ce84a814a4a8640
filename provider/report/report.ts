import type { Policy, Prices } from "../environment/policy";
import { type AffectedServer, affectedServers } from "./affected";
import { dependentsInState, type KnownDependents } from "./cloudState/dependents";
import { type Costs, costsOf } from "./costs/costs";
import { doubtText } from "./doubtText";
import { driftOf } from "./drift";
import { type AffectedImage, affectedImages } from "./images";
import type { Operation, Plan, PlannedChange } from "./plan/plan";
import { hiddenEverywhere, liveSecrets } from "./plan/secrets";
import { valueAt, valueText } from "./plan/values";
import { brokenLimits } from "./policy";
import { longestWay, type Range } from "./steps/durations";
import { type History, noHistory } from "./steps/history";
import { orderOf } from "./steps/order";
import { type Step, stepsOf } from "./steps/steps";

/** What a preview means, for a reviewer; plain JSON. */
export interface Report {
    project: string;
    stack: string;
    /** "fails": the preview itself did; "blocked": up would stop half way; "unclear": it may do more; "erases": data is lost. */
    verdict: "fails" | "blocked" | "erases" | "removes" | "harmless" | "unclear" | "nothing";
    /** Why, one sentence each. */
    reasons: string[];
    /** Whether the deletions that a failed run left are among the steps: by the preview or by the stack's state. */
    showsPendingDeletions: boolean;
    /** The limits of the policy that are broken, or cannot be shown to hold; absent when no policy was given. */
    againstPolicy?: string[];
    totals: Record<Exclude<Operation, "same">, number>;
    otherChanges: Record<string, number>;
    /** Whether users and recipients were read from the clouds or only from the preview. */
    readFrom: KnownDependents["from"];
    readReason?: string;
    images: AffectedImage[];
    servers: AffectedServer[];
    steps: Step[];
    staysBehind: string[];
    /** Seconds, as far as there are figures. */
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

/** What a report is written with, besides the preview. */
export interface ReportOptions {
    /** What hangs on the images. @default what the preview alone shows */
    known?: KnownDependents;
    policy?: Policy;
    prices?: Prices;
    /** How long earlier runs took. */
    history?: History;
    /** Secrets of the stack, which nothing of the report may show. */
    secrets?: readonly string[];
}

export function reportOf(
    plan: Plan,
    {
        known = dependentsInState(plan.changes, "no stack was named"),
        policy,
        prices,
        history = noHistory,
        secrets = [],
    }: ReportOptions = {},
): Report {
    const actions = orderOf(plan.changes);
    const steps = stepsOf(actions, known, history);
    const servers = affectedServers(actions, steps);
    const costs = costsOf(actions, steps, { given: prices, told: known.prices });
    const expected = longestWay(
        actions,
        steps.map(({ duration }) => duration?.range),
    );
    const report: Report = {
        project: plan.project,
        stack: plan.stack,
        ...judge(plan, steps),
        ...(policy && { againstPolicy: brokenLimits(policy, { ...plan, actions, steps, servers, costs }, prices) }),
        showsPendingDeletions: plan.showsPendingDeletions,
        totals: totalsOf(plan.changes),
        otherChanges: plan.otherChanges,
        readFrom: known.from,
        ...(known.reason !== undefined && { readReason: known.reason }),
        images: affectedImages(plan, known, steps),
        servers,
        steps,
        staysBehind: [...new Set(steps.flatMap(({ staysBehind }) => staysBehind))],
        ...(expected && { expectedSeconds: expected }),
        costs,
        drift: driftOf(plan, known),
        warnings: plan.warnings.flatMap(besidesErasing),
        differences: plan.changes.filter(({ operation }) => operation !== "same").map(differencesIn),
    };
    return hiddenEverywhere(report, [...plan.secrets, ...secrets, ...liveSecrets(plan.changes, known.now)]);
}

/** What a disk's warning says besides what it erases, which the steps say. */
function besidesErasing(warning: string): string[] {
    const [, disk, more] = /^up erases the (.*?), created from .*?; (.*)$/s.exec(warning) ?? [];
    if (disk !== undefined && more !== undefined) return [`${disk}: ${more}`];
    return warning.startsWith("up erases the ") ? [] : [warning];
}

/** Earlier versions and recipients also go in steps that keep or change something. */
function takesAway({ deed, parts }: Step): boolean {
    return (
        /^(delete|unshare)/.test(deed) ||
        parts.some((part) => /^(deleting the earlier version|unsharing from) /.test(part))
    );
}

function judge({ errors, doubts, otherChanges }: Plan, steps: readonly Step[]): Pick<Report, "verdict" | "reasons"> {
    if (errors.length > 0) return { verdict: "fails", reasons: errors };
    const unclear = doubts.map((doubt) => `up may do more than this: ${doubtText(doubt)}`);
    const blocks = steps.flatMap(({ number, blockedBy }) =>
        blockedBy === undefined ? [] : [`step ${number} is going to fail: ${blockedBy}`],
    );
    const erased = steps.flatMap(({ number, erases }) =>
        erases === undefined ? [] : [`step ${number} wipes ${erases}`],
    );
    if (blocks.length > 0) return { verdict: "blocked", reasons: [...blocks, ...erased, ...unclear] };
    if (erased.length > 0) return { verdict: "erases", reasons: [...erased, ...unclear] };
    if (steps.some(takesAway)) return { verdict: "removes", reasons: unclear };
    if (unclear.length > 0) return { verdict: "unclear", reasons: unclear };
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
