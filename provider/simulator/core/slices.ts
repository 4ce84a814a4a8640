/** A list of which a part can be had without the rest. Every array is one. */
export interface Sliced<T> {
    readonly length: number;
    slice(start?: number, end?: number): T[];
}

/** One list after the other. */
export function joined<T>(...lists: readonly Sliced<T>[]): Sliced<T> {
    return {
        length: lists.reduce((sum, { length }) => sum + length, 0),
        slice: (start = 0, end = Number.POSITIVE_INFINITY) => {
            let skipped = 0;
            return lists.flatMap((list) => {
                const [from, to] = [Math.max(0, start - skipped), Math.max(0, end - skipped)];
                skipped += list.length;
                return from < list.length && to > from ? list.slice(from, to) : [];
            });
        },
    };
}

/** Each item as `view` shows it, made only when it is asked for. */
export function shownBy<T, V>(list: Sliced<T>, view: (item: T) => V): Sliced<V> {
    return { length: list.length, slice: (start, end) => list.slice(start, end).map(view) };
}

/** What meets every condition that is set; without any, the list itself, unread. */
export function meeting<T>(list: Sliced<T>, conditions: readonly (false | ((item: T) => boolean))[]): Sliced<T> {
    const set = conditions.filter((condition) => condition !== false);
    return set.length === 0 ? list : list.slice().filter((item) => set.every((condition) => condition(item)));
}

/** The same list from its end. */
export function reversed<T>(list: Sliced<T>): Sliced<T> {
    const { length } = list;
    return {
        length,
        slice: (start = 0, end = length) =>
            start >= end ? [] : list.slice(Math.max(0, length - end), Math.max(0, length - start)).reverse(),
    };
}
