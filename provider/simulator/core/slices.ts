/** A list that can be read in parts. Every array is one. */
export interface Sliced<T> {
    readonly length: number;
    slice(start?: number, end?: number): T[];
}

/** Concatenates lists. Lists after the requested part are not read. */
export function concatenated<T>(...lists: readonly Sliced<T>[]): Sliced<T> {
    return {
        get length() {
            return lists.reduce((sum, { length }) => sum + length, 0);
        },
        slice: (start = 0, end = Number.POSITIVE_INFINITY) => {
            const found: T[] = [];
            let skipped = 0;
            for (const list of lists) {
                const [from, to] = [Math.max(0, start - skipped), end - skipped];
                if (to > from) found.push(...list.slice(from, to));
                if (found.length >= end - start) break;
                skipped += list.length;
            }
            return found;
        },
    };
}

/** Each item mapped by `view`, which is called only for items that are read. */
export function mapped<T, V>(list: Sliced<T>, view: (item: T) => V): Sliced<V> {
    return { length: list.length, slice: (start, end) => list.slice(start, end).map(view) };
}

/** Number of items that are read at once to find matches. */
const batchSize = 256;

/**
 * The items that meet all conditions that are not false, read only as far as requested. Without conditions, the list
 * itself. Use it before you change anything.
 */
export function filtered<T>(list: Sliced<T>, conditions: readonly (false | ((item: T) => boolean))[]): Sliced<T> {
    const set = conditions.filter((condition) => condition !== false);
    if (set.length === 0) return list;
    const found: T[] = [];
    let read = 0;
    const find = (count: number): T[] => {
        while (found.length < count && read < list.length) {
            const items = list.slice(read, read + batchSize);
            read += batchSize;
            found.push(...items.filter((item) => set.every((condition) => condition(item))));
        }
        return found;
    };
    return {
        get length() {
            return find(Number.POSITIVE_INFINITY).length;
        },
        slice: (start = 0, end = Number.POSITIVE_INFINITY) => find(end).slice(start, end),
    };
}

/** The list in reverse order. */
export function reversed<T>(list: Sliced<T>): Sliced<T> {
    const { length } = list;
    return {
        length,
        slice: (start = 0, end = length) =>
            start >= end ? [] : list.slice(Math.max(0, length - end), Math.max(0, length - start)).reverse(),
    };
}
