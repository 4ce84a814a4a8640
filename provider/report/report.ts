import type { Policy, Prices } from "../environment/policy";
import { unknownValue } from "../pulumi/dynamic/unknown";
import { type AffectedServer, affectedServers } from "./affected";
import { dependentsInState, type KnownDependents } from "./cloudState/dependents";
import { type Costs, costsOf } from "./costs/costs";
import { doubtText } from "./doubtText";
import { driftOf } from "./drift";
import { type AffectedImage, affectedImages } from "./images";
import { textAt } from "./plan/facts";
import type { Operation, Plan, PlannedChange } from "./plan/plan";
import { hiddenEverywhere, liveSecrets } from "./plan/secrets";
import { secretText, valueAt, valueText } from "./plan/values";
import { brokenLimits } from "./policy";
import { criticalPath, type Range } from "./steps/durations";
import { type History, noHistory } from "./steps/history";
import { orderOf } from "./steps/order";
import { type Step, stepsOf } from "./steps/steps";

/** What a preview means for a reviewer, as plain JSON. */
export interface Report {
    project: string;
    stack: string;
    /**
     * "fails": the preview fails; "blocked": `up` will fail at one of the steps; "erases": data is lost; "removes":
     * something is deleted or unshared, but no data is lost; "unclear": `up` may do more than the preview shows.
     */
    verdict: "fails" | "blocked" | "erases" | "removes" | "harmless" | "unclear" | "nothing";
    /** The reasons for the verdict, one sentence each. */
    reasons: string[];
    /** Whether the steps include the deletions that a failed run left. */
    showsPendingDeletions: boolean;
    /** The limits of the policy that are broken or cannot be shown to hold. Absent if no policy was given. */
    againstPolicy?: string[];
    totals: Record<Exclude<Operation, "same">, number>;
    otherChanges: Record<string, number>;
    /** Whether servers and recipients were read from the clouds or only from the preview. */
    readFrom: KnownDependents["from"];
    /** Why the clouds were not read. */
    readReason?: string;
    images: AffectedImage[];
    servers: AffectedServer[];
    steps: Step[];
    staysBehind: string[];
    /** Seconds. */
    expectedSeconds?: Range;
    costs: Costs;
    drift: string[];
    warnings: string[];
    differences: ResourceDifferences[];
}

/** The changed properties of one resource. */
export interface ResourceDifferences {
    name: string;
    type: string;
    operation: Operation;
    /** Inputs that require a replacement; empty if another replacement forces it. */
    replaceReasons: string[];
    properties: { path: string; before?: string; after?: string }[];
}

/** What a report takes into account in addition to the preview. */
export interface ReportOptions {
    /** The dependents of the images. @default those that the preview shows */
    known?: KnownDependents;
    policy?: Policy;
    prices?: Prices;
    /** Durations of earlier runs. */
    history?: History;
    /** Secrets of the stack. The report shows none of them. */
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
    const costs = costsOf(actions, steps, { given: prices, fromCloud: known.prices });
    const expected = criticalPath(
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
        warnings: otherWarnings(plan),
        differences: plan.changes.filter(({ operation }) => operation !== "same").map(differencesIn),
    };
    return hiddenEverywhere(report, [...plan.secrets, ...secrets, ...liveSecrets(plan.changes, known.now)]);
}

/** The warnings without what each disk's own warning says about erased data, because the steps say that. */
function otherWarnings({ warnings, changes }: Plan): string[] {
    const disks = changes.flatMap(({ type, name, news }) => {
        const erases = type === "SystemDiskReplacement" ? textAt(news?.inputs, "erases") : undefined;
        const isKnown = erases !== undefined && erases !== secretText && erases !== unknownValue;
        return isKnown ? [{ name, erases }] : [];
    });
    return warnings.flatMap((warning) => {
        const disk = disks.find(({ erases }) => warning.includes(erases));
        if (!disk) return [warning];
        // The provider separates the parts of a disk's warning with semicolons.
        const [, ...more] = warning.slice(warning.indexOf(disk.erases) + disk.erases.length).split("; ");
        return more.length === 0 ? [] : [`system disk ${disk.name}: ${more.join("; ")}`];
    });
}

/** Whether a step deletes or unshares something. A SystemDiskReplacement is deleted from the state only. */
const isRemoval = ({ operation, type, deletes = [], unshares = [] }: Step): boolean =>
    (operation === "delete" && type !== "SystemDiskReplacement") || deletes.length > 0 || unshares.length > 0;

function judge({ errors, doubts, otherChanges }: Plan, steps: readonly Step[]): Pick<Report, "verdict" | "reasons"> {
    if (errors.length > 0) return { verdict: "fails", reasons: errors };
    const unclear = doubts.map((doubt) => `up may do more than this report shows: ${doubtText(doubt)}`);
    const blocks = steps.flatMap(({ number, blockedBy }) =>
        blockedBy === undefined ? [] : [`step ${number} will fail: ${blockedBy}`],
    );
    const erased = steps.flatMap(({ number, operation, erases }) =>
        erases === undefined ? [] : [`step ${number} ${operation === "delete" ? "deletes" : "wipes"} ${erases}`],
    );
    if (blocks.length > 0) return { verdict: "blocked", reasons: [...blocks, ...erased, ...unclear] };
    if (erased.length > 0) return { verdict: "erases", reasons: [...erased, ...unclear] };
    if (steps.some(isRemoval)) return { verdict: "removes", reasons: unclear };
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
