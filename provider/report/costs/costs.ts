import type { Prices } from "../../environment/policy";
import { type Money, monthlyPrice, type PlanPrice, summed } from "../cloudState/prices";
import { childrenOf, isImage, isServer } from "../plan/facts";
import type { PlannedAction } from "../steps/order";
import type { Step } from "../steps/steps";
import { creationParts, nounOf } from "../steps/words";
import { type BilledItem, billedItems } from "./billedItems";

/** Which objects a change adds and removes, and what that costs. */
export interface Costs {
    /** Objects that are added, by kind: "image", "snapshot", "server". */
    more: Record<string, number>;
    /** Objects that are removed, by kind. */
    less: Record<string, number>;
    /** The change of the monthly bill, as far as prices are known; one amount for each currency. */
    monthly: Money[];
    /** Items without a price or a known size. */
    unknown: { what: string; mayRaise: boolean }[];
}

export function costsOf(
    actions: readonly PlannedAction[],
    steps: readonly Step[],
    { given, fromCloud }: { given: Prices | undefined; fromCloud: readonly PlanPrice[] },
): Costs {
    return { ...countsOf(actions, steps), ...moneyOf(actions, steps, { given, fromCloud }) };
}

function countsOf(actions: readonly PlannedAction[], steps: readonly Step[]): Pick<Costs, "more" | "less"> {
    const more: Record<string, number> = {};
    const less: Record<string, number> = {};
    for (const [index, action] of actions.entries()) {
        const { change, operation } = action;
        if (!isImage(change) && !isServer(change)) continue;
        const step = steps[index];
        if (operation === "create") {
            add(more, nounOf(change.type));
            for (const { child } of creationParts(action)) if (child !== undefined) add(more, child);
        }
        if (operation !== "delete" || !step || isKept(step)) continue;
        add(less, nounOf(change.type));
        const { kind, ids } = childrenOf(change);
        const deletes = new Set((step.deletes ?? []).flatMap((deleted) => (deleted.kind === kind ? [deleted.id] : [])));
        const deleted = ids.filter((id) => deletes.has(id));
        if (deleted.length > 0) add(less, kind, deleted.length);
    }
    return { more, less };
}

/** Whether the object of a deletion stays in the cloud. */
const isKept = (step: Step) => step.blockedBy !== undefined || step.operation === "keep";

function add(counts: Record<string, number>, what: string, count = 1): void {
    counts[what] = (counts[what] ?? 0) + count;
}

/** Items of the same price are counted together, so a replacement by the same size costs nothing. */
function moneyOf(
    actions: readonly PlannedAction[],
    steps: readonly Step[],
    { given, fromCloud }: { given: Prices | undefined; fromCloud: readonly PlanPrice[] },
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
        const price = monthlyPrice(first.billed, given, fromCloud);
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
