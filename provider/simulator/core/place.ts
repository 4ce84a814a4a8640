import type { Placed, Scope } from "./kinds";
import type { Sliced } from "./slices";

/** An object in memory. It is immutable: a new value is a new entry, so that returned lists do not change. */
export interface Entry<T> extends Placed<T> {
    /** Its age among all objects: a smaller number is older. */
    readonly seq: number;
}

/** Entries, oldest first. */
class ByAge<T> implements Sliced<Entry<T>> {
    private readonly entries: Entry<T>[] = [];

    get length(): number {
        return this.entries.length;
    }

    slice(start?: number, end?: number): Entry<T>[] {
        return this.entries.slice(start, end);
    }

    set(entry: Entry<T>): void {
        const index = this.indexOf(entry);
        this.entries.splice(index, this.entries[index]?.id === entry.id ? 1 : 0, entry);
    }

    delete(entry: Entry<T>): void {
        const index = this.indexOf(entry);
        if (this.entries[index]?.id === entry.id) this.entries.splice(index, 1);
    }

    /** The index of the entry, or where to insert it. */
    private indexOf(entry: Entry<T>): number {
        const last = this.entries.at(-1);
        if (last === undefined || byAge(last, entry) < 0) return this.entries.length;
        let low = 0;
        let high = this.entries.length;
        while (low < high) {
            const middle = (low + high) >>> 1;
            const other = this.entries[middle];
            if (other !== undefined && byAge(other, entry) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}

interface Field<T> {
    of(value: T): unknown;
}

/** Entries by the value of one field. */
class Index<T> {
    private readonly byValue = new Map<unknown, ByAge<T>>();

    constructor(private readonly field: Field<T>) {}

    withValue(value: unknown): Sliced<Entry<T>> {
        return this.byValue.get(value) ?? [];
    }

    replace(before: Entry<T> | undefined, after: Entry<T> | undefined): void {
        const isMoved = !before || !after || this.field.of(before.value) !== this.field.of(after.value);
        if (before && isMoved) this.delete(before);
        if (after) this.set(after);
    }

    private set(entry: Entry<T>): void {
        const value = this.field.of(entry.value);
        const known = this.byValue.get(value) ?? new ByAge<T>();
        this.byValue.set(value, known);
        known.set(entry);
    }

    private delete(entry: Entry<T>): void {
        const value = this.field.of(entry.value);
        const known = this.byValue.get(value);
        known?.delete(entry);
        if (known?.length === 0) this.byValue.delete(value);
    }
}

/** The objects of one kind in one region of one account: by id, by age, and by every field that was ever queried. */
export class Place<T> {
    private readonly byId = new Map<string, Entry<T>>();
    private readonly byAge = new ByAge<T>();
    private readonly indexes = new Map<PropertyKey, Index<T>>();

    constructor(readonly scope: Scope) {}

    get(id: string): Entry<T> | undefined {
        return this.byId.get(id);
    }

    /** All entries, oldest first. Valid until the next change. */
    all(): Sliced<Entry<T>> {
        return this.byAge;
    }

    /** The entries with this value in this field. Valid until the next change. */
    where(field: keyof T, value: unknown): Sliced<Entry<T>> {
        let index = this.indexes.get(field);
        if (!index) {
            index = new Index<T>({ of: (value) => value[field] });
            for (const entry of this.byAge.slice()) index.replace(undefined, entry);
            this.indexes.set(field, index);
        }
        return index.withValue(value);
    }

    set(entry: Entry<T>): void {
        const before = this.byId.get(entry.id);
        this.byId.set(entry.id, entry);
        this.byAge.set(entry);
        for (const index of this.indexes.values()) index.replace(before, entry);
    }

    delete(id: string): void {
        const before = this.byId.get(id);
        if (!before) return;
        this.byId.delete(id);
        this.byAge.delete(before);
        for (const index of this.indexes.values()) index.replace(before, undefined);
    }
}

/** Compares by age. In a loaded dump, two objects can have the same age. */
export function byAge(a: Entry<unknown>, b: Entry<unknown>): number {
    return a.seq - b.seq || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
