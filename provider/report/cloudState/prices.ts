import type { Prices } from "../../environment/policy";

/** The monthly price of a Simple Application Server plan, from the cloud. */
export interface PlanPrice {
    plan: string;
    price: number;
    currency: string;
}

/** What is billed: a server by its plan, instance type or flavor, or a GiB of storage. */
export type Billed = { kind: "server"; size: string; dataDiskGiB?: number } | { kind: "image" | "snapshot" | "backup" };

/** An amount in one currency. */
export interface Money {
    amount: number;
    currency: string;
}

/**
 * The monthly price of one server or one GiB: from the user's prices, otherwise from the cloud; undefined if unknown.
 */
export function monthlyPrice(
    billed: Billed,
    given: Prices | undefined,
    fromCloud: readonly PlanPrice[],
): Money | undefined {
    const own = billed.kind === "server" ? given?.servers?.[billed.size] : given?.perGiB?.[billed.kind];
    if (given !== undefined && own !== undefined) return { amount: own, currency: given.currency };
    // The cloud's price of a plan does not include a data disk.
    if (billed.kind !== "server" || billed.dataDiskGiB !== undefined) return undefined;
    const found = fromCloud.find(({ plan }) => plan === billed.size);
    return found && { amount: found.price, currency: found.currency };
}

/** The sums, one for each currency, in the order of the currencies' names. */
export function summed(amounts: readonly Money[]): Money[] {
    const sums = new Map<string, number>();
    for (const { amount, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + amount);
    return [...sums]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([currency, amount]) => ({ currency, amount: Math.round(amount * 100) / 100 }));
}
