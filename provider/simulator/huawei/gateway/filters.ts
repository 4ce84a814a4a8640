import { filtered, type Sliced } from "../../core/slices";

/** A query parameter of a list: whether an item matches its value. */
export type Filter<T> = (item: T, wanted: string) => boolean;

/** The documented parameters of a list. Others are ignored, as the services do. */
export type Filters<T> = Readonly<Record<string, Filter<T>>>;

export const equal =
    <T>(of: (item: T) => unknown): Filter<T> =>
    (item, wanted) =>
        String(of(item)) === wanted;

export const includes =
    <T>(of: (item: T) => string): Filter<T> =>
    (item, wanted) =>
        of(item).includes(wanted);

/** A filter for a property that no simulated object has: it matches nothing. */
export const matchesNothing = (): boolean => false;

/** The items that match all filters of the query. Without filters, the list itself, unread. */
export function select<T>(items: Sliced<T>, query: URLSearchParams, filters: Filters<T>): Sliced<T> {
    const asked = [...query].flatMap(([name, wanted]) => {
        const filter = Object.hasOwn(filters, name) && wanted !== "" ? filters[name] : undefined;
        return filter ? [(item: T) => filter(item, wanted)] : [];
    });
    return filtered(items, asked);
}

/** A whole number from the query, or the default. */
export function numberOf(query: URLSearchParams, name: string, absent: number): number {
    const value = Number(query.get(name) ?? absent);
    return Number.isInteger(value) && value >= 0 ? value : absent;
}

/** `limit` items from position `offset`. A limit of 0 means no limit. */
export function pageOf<T>(items: Sliced<T>, query: URLSearchParams, limit = 1000): T[] {
    const start = numberOf(query, "offset", 0);
    return items.slice(start, start + (numberOf(query, "limit", limit) || limit));
}

/** The items after the one that `marker` names, or all items if it names none. */
export function afterMarker<T extends { readonly id: string }>(items: Sliced<T>, query: URLSearchParams): Sliced<T> {
    const marker = query.get("marker");
    if (marker === null) return items;
    const all = items.slice();
    return all.slice(all.findIndex(({ id }) => id === marker) + 1);
}
