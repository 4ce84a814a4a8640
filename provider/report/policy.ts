import type { Policy, Prices } from "../environment/policy";
import type { AffectedServer } from "./affected";
import type { Costs } from "./costs/costs";
import { moneyText } from "./costs/moneyText";
import { doubtText } from "./doubtText";
import { isImage, isServer, versionsPushedOut } from "./plan/facts";
import type { Doubt } from "./plan/plan";
import type { PlannedAction } from "./steps/order";
import type { Step } from "./steps/steps";

/** What a change is judged by. */
export interface Judged {
    /** Why it may not be the whole change. */
    doubts: readonly Doubt[];
    actions: readonly PlannedAction[];
    steps: readonly Step[];
    servers: readonly AffectedServer[];
    costs: Costs;
}

/** The limits of a policy that a change breaks, one sentence each; none when all hold. Exactly at a limit holds. */
export function brokenLimits(
    limits: Policy,
    { actions, steps, servers, costs, doubts }: Judged,
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

/** Whether there is anything to hold. */
export const hasLimits = (limits: Policy): boolean => Object.values(limits).some((limit) => limit !== undefined);

function costsOver(most: number, { monthly, unknown }: Costs, currency: string | undefined): string[] {
    const main = currency ?? monthly[0]?.currency;
    const limit = main === undefined ? String(most) : moneyText({ amount: most, currency: main });
    const over = monthly.flatMap((sum) => {
        if (sum.currency !== main && !(sum.amount <= 0))
            return [
                `whether maxMonthlyCostChange (${limit}) holds cannot be shown: ${moneyText(sum)} a month are in another currency`,
            ];
        return sum.currency === main && !(sum.amount <= most)
            ? [`${moneyText(sum)} more are billed a month, and maxMonthlyCostChange is ${limit}`]
            : [];
    });
    const dear = [...new Set(unknown.flatMap(({ what, mayRaise }) => (mayRaise ? [what] : [])))];
    if (dear.length === 0) return over;
    const unknownOnes = `the prices do not tell what ${dear.join(", ")} costs: complete prices`;
    return [...over, `whether maxMonthlyCostChange (${limit}) holds cannot be shown: ${unknownOnes}`];
}

function forbidden({ change, does }: PlannedAction, step: Step | undefined, kinds: readonly string[]): string[] {
    if (step === undefined) return [];
    const { number, deed, parts } = step;
    const versions = versionsPushedOut(change);
    const goes = does !== "create" && versions.length > 0 && parts.some((part) => part.includes("earlier version"));
    if (goes && kinds.includes("images")) {
        return [`step ${number} would delete earlier versions of ${change.name}, and forbiddenDeletes has images`];
    }
    if (does !== "delete" || deed.startsWith("keep")) return [];
    const kind = isImage(change) ? "images" : isServer(change) ? "servers" : "";
    if (!kinds.includes(kind)) return [];
    return [`step ${number} would ${deed} ${step.name}, and forbiddenDeletes has ${kind}`];
}
