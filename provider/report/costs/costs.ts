import type { Prices } from "../../environment/policy";
import { type Money, monthlyPrice, type PlanPrice, summed } from "../cloudState/prices";
import { childrenOf, isImage, isServer } from "../plan/facts";
import type { PlannedAction } from "../steps/order";
import type { Step } from "../steps/steps";
import { nounOf, partsOfMaking } from "../steps/words";
import { type BilledItem, billedItems } from "./billedItems";

/** What is there more and less than before, and what that costs. */
export interface Costs {
    /** By what it is: "image", "snapshot", "server". */
    more: Record<string, number>;
    less: Record<string, number>;
    /** By how much more is billed a month, as far as the prices are known; one for each currency. */
    monthly: Money[];
    /** What has no price, by name. */
    unknown: { what: string; mayRaise: boolean }[];
}

export function costsOf(
    actions: readonly PlannedAction[],
    steps: readonly Step[],
    { given, told }: { given: Prices | undefined; told: readonly PlanPrice[] },
): Costs {
    return { ...countsOf(actions, steps), ...moneyOf(actions, steps, { given, told }) };
}

function countsOf(actions: readonly PlannedAction[], steps: readonly Step[]): Pick<Costs, "more" | "less"> {
    const more: Record<string, number> = {};
    const less: Record<string, number> = {};
    for (const [index, action] of actions.entries()) {
        const { change, does } = action;
        if (!isImage(change) && !isServer(change)) continue;
        const step = steps[index];
        if (does === "create") {
            add(more, nounOf(change.type));
            const parts = partsOfMaking(action).join();
            if (parts.includes("snapshot")) add(more, "snapshot");
            if (parts.includes("backup")) add(more, "backup");
        }
        if (does !== "delete" || !step || isKept(step)) continue;
        add(less, nounOf(change.type));
        const { kind, ids } = childrenOf(change);
        const goes = ids.filter((id) => step.parts.includes(`deleting ${kind} ${id}`));
        if (goes.length > 0) add(less, kind, goes.length);
    }
    return { more, less };
}

/** Whether the object of a deletion stays. */
const isKept = (step: Step) => step.blockedBy !== undefined || step.deed.startsWith("keep");

function add(counts: Record<string, number>, what: string, count = 1): void {
    counts[what] = (counts[what] ?? 0) + count;
}

/** What comes and goes of the same price is taken together: a replacement by the same size costs nothing. */
function moneyOf(
    actions: readonly PlannedAction[],
    steps: readonly Step[],
    { given, told }: { given: Prices | undefined; told: readonly PlanPrice[] },
): Pick<Costs, "monthly" | "unknown"> {
    const items = actions.flatMap((action, index) => {
        const step = steps[index];
        return step && !isKept(step) ? billedItems(action, step) : [];
    });
    const byPrice = new Map<string, BilledItem[]>();
    for (const item of items) {
        const key = JSON.stringify(item.billed);
        const same = byPrice.get(key);
        if (same) same.push(item);
        else byPrice.set(key, [item]);
    }
    const amounts: Money[] = [];
    const unknown: Costs["unknown"] = [];
    for (const same of byPrice.values()) {
        const [first] = same;
        if (!first) continue;
        const price = monthlyPrice(first.billed, given, told);
        const sized = same.flatMap(({ quantity, sign }) => (quantity === undefined ? [] : [quantity * sign]));
        const net = sized.reduce((sum, each) => sum + each, 0);
        if (price) amounts.push({ ...price, amount: price.amount * net });
        else if (net !== 0) unknown.push({ what: first.priceName, mayRaise: net > 0 });
        for (const { quantity, what, sign } of same) {
            if (quantity === undefined && price?.amount !== 0)
                unknown.push({ what: `${what} (size unknown)`, mayRaise: sign > 0 });
        }
    }
    return { monthly: summed(amounts), unknown };
}
