import type { Clouds } from "../../clouds/connect";
import { cloudOf, textAt } from "../plan/facts";
import type { PlannedChange } from "../plan/plan";
import type { PlanPrice } from "./prices";

/** The monthly prices of Simple Application Server plans, from ListPlans. Plans that cannot be read are omitted. */
export async function planPrices(changes: readonly PlannedChange[], clouds: Clouds): Promise<PlanPrice[]> {
    const found = new Map<string, PlanPrice>();
    for (const change of changes) {
        const cloud = cloudOf(change);
        const plans = [change.olds, change.news].flatMap((state) => textAt(state?.inputs, "plan") ?? []);
        const needsPrice = change.type === "SimpleServer" && change.operation !== "same" && cloud.type === "alibaba";
        if (!needsPrice || plans.every((plan) => found.has(plan))) continue;
        try {
            for (const { planId, price, currency } of await (await clouds.alibaba(cloud)).swas.listPlans()) {
                if (price !== undefined && currency !== undefined) found.set(planId, { plan: planId, price, currency });
            }
        } catch {
            // The report lists the plan as an item without a price.
        }
    }
    return [...found.values()];
}
