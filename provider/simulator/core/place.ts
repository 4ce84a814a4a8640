import type { Placed, Scope } from "./kinds";
import type { Sliced } from "./slices";

/** An object in memory. Never changed: a new value is a new entry, so that lists handed out stay as they were. */
export interface Entry<T> extends Placed<T> {
    /** Its age among all objects: the smaller, the older. */
    readonly seq: number;
}

/** Entries, the oldest first. */
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

    /** Where the entry is, or belongs. */
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

/** Entries by what they have in one field. */
class Index<T> {
    private readonly byValue = new Map<unknown, ByAge<T>>();

    constructor(private readonly field: Field<T>) {}

    having(value: unknown): Sliced<Entry<T>> {
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

/** The objects of one kind in one region of one account: by id, by age, and by every field that was ever asked for. */
export class Place<T> {
    private readonly byId = new Map<string, Entry<T>>();
    private readonly byAge = new ByAge<T>();
    private readonly indexes = new Map<PropertyKey, Index<T>>();

    constructor(readonly scope: Scope) {}

    get(id: string): Entry<T> | undefined {
        return this.byId.get(id);
    }

    /** The oldest first; as it is now and not when something has changed. */
    all(): Sliced<Entry<T>> {
        return this.byAge;
    }

    /** Those with this value in this field, in the same way. */
    where(field: keyof T, value: unknown): Sliced<Entry<T>> {
        let index = this.indexes.get(field);
        if (!index) {
            index = new Index<T>({ of: (value) => value[field] });
            for (const entry of this.byAge.slice()) index.replace(undefined, entry);
            this.indexes.set(field, index);
        }
        return index.having(value);
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

/** The oldest first. A dump that is loaded may give two objects the same age. */
export function byAge(a: Entry<unknown>, b: Entry<unknown>): number {
    return a.seq - b.seq || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
