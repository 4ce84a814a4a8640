import type { Clouds } from "../../clouds/connect";
import { cloudOf, textAt } from "../plan/facts";
import type { PlannedChange } from "../plan/plan";
import type { PlanPrice } from "./prices";

/** What the plans of Simple Application Server cost a month, as ListPlans says; none that cannot be asked. */
export async function planPrices(changes: readonly PlannedChange[], clouds: Clouds): Promise<PlanPrice[]> {
    const found = new Map<string, PlanPrice>();
    for (const change of changes) {
        const cloud = cloudOf(change);
        const plans = [change.olds, change.news].flatMap((state) => textAt(state?.inputs, "plan") ?? []);
        const isAsked = change.type === "SimpleServer" && change.operation !== "same" && cloud.type === "alibaba";
        if (!isAsked || plans.every((plan) => found.has(plan))) continue;
        try {
            for (const { planId, price, currency } of await (await clouds.alibaba(cloud)).swas.listPlans()) {
                if (price !== undefined && currency !== undefined) found.set(planId, { plan: planId, price, currency });
            }
        } catch {
            // A price that cannot be asked is unknown, and the report says so by name.
        }
    }
    return [...found.values()];
}
