import type { Policy, Prices } from "../environment/policy";
import type { AffectedServer } from "./affected";
import type { Costs } from "./costs/costs";
import { moneyText } from "./costs/moneyText";
import { doubtText } from "./doubtText";
import { isImage, isServer, versionsPushedOut } from "./plan/facts";
import type { Doubt } from "./plan/plan";
import type { PlannedAction } from "./steps/order";
import type { Step } from "./steps/steps";

/** The facts of a change that a policy limits. */
export interface JudgedChange {
    /** Why the preview may not show the whole change. */
    doubts: readonly Doubt[];
    actions: readonly PlannedAction[];
    steps: readonly Step[];
    servers: readonly AffectedServer[];
    costs: Costs;
}

/** The limits of a policy that a change breaks, one sentence each. A change that is exactly at a limit keeps it. */
export function brokenLimits(
    limits: Policy,
    { actions, steps, servers, costs, doubts }: JudgedChange,
    prices: Prices | undefined,
): string[] {
    const { maxWipedDisks, maxAffectedServers, maxMonthlyCostChange, forbiddenDeletes = [] } = limits;
    const wiped = servers.reduce((sum, server) => sum + server.wipedDisks, 0);
    const count = (is: number, most: number | undefined, what: string, key: string) =>
        most !== undefined && !(is <= most) ? [`${is} ${what}, and ${key} is ${most}`] : [];
    return [
        ...(hasLimits(limits) ? doubts.map((doubt) => `no limit can be shown to hold: ${doubtText(doubt)}`) : []),
        ...count(wiped, maxWipedDisks, wiped === 1 ? "disk is wiped" : "disks are wiped", "maxWipedDisks"),
        ...count(
            servers.length,
            maxAffectedServers,
            `${servers.length === 1 ? "server is" : "servers are"} replaced, deleted or wiped`,
            "maxAffectedServers",
        ),
        ...(maxMonthlyCostChange === undefined ? [] : costsOver(maxMonthlyCostChange, costs, prices?.currency)),
        ...actions.flatMap((action, index) => forbidden(action, steps[index], forbiddenDeletes)),
    ];
}

/** Whether a policy has any limit. */
export const hasLimits = (limits: Policy): boolean => Object.values(limits).some((limit) => limit !== undefined);

function costsOver(most: number, { monthly, unknown }: Costs, currency: string | undefined): string[] {
    const main = currency ?? monthly[0]?.currency;
    const limit = main === undefined ? String(most) : moneyText({ amount: most, currency: main });
    const over = monthly.flatMap((sum) => {
        if (sum.currency !== main && !(sum.amount <= 0))
            return [
                `maxMonthlyCostChange (${limit}) cannot be shown to hold: ${moneyText(sum)} per month are in another currency`,
            ];
        return sum.currency === main && !(sum.amount <= most)
            ? [`the monthly cost rises by ${moneyText(sum)}, and maxMonthlyCostChange is ${limit}`]
            : [];
    });
    const unpriced = [...new Set(unknown.flatMap(({ what, mayRaise }) => (mayRaise ? [what] : [])))];
    if (unpriced.length === 0) return over;
    const reason = `the cost of ${unpriced.join(", ")} is unknown: complete prices`;
    return [...over, `maxMonthlyCostChange (${limit}) cannot be shown to hold: ${reason}`];
}

function forbidden({ change }: PlannedAction, step: Step | undefined, kinds: readonly string[]): string[] {
    if (step === undefined) return [];
    const { number, operation, deed, deletes = [] } = step;
    const deletesVersions = versionsPushedOut(change).length > 0 && deletes.some(({ kind }) => kind === "version");
    if (deletesVersions && kinds.includes("images")) {
        return [`step ${number} would delete earlier versions of ${change.name}, and forbiddenDeletes includes images`];
    }
    if (operation !== "delete") return [];
    const kind = isImage(change) ? "images" : isServer(change) ? "servers" : "";
    if (!kinds.includes(kind)) return [];
    return [`step ${number} would ${deed} ${step.name}, and forbiddenDeletes includes ${kind}`];
}
