import type { Placed, Scope } from "./kinds";

/** An object in memory. Never changed: a new value is a new entry, so that lists handed out stay as they were. */
export interface Entry<T> extends Placed<T> {
    /** Its age among all objects: the smaller, the older. */
    readonly seq: number;
}

/** The objects of one kind in one region of one account, by id and by age. */
export class Place<T> {
    private readonly byId = new Map<string, Entry<T>>();
    private readonly oldestFirst: Entry<T>[] = [];

    constructor(readonly scope: Scope) {}

    get(id: string): Entry<T> | undefined {
        return this.byId.get(id);
    }

    /** The oldest first. */
    list(): Entry<T>[] {
        return this.oldestFirst.slice();
    }

    set(entry: Entry<T>): void {
        const isKnown = this.byId.has(entry.id);
        this.byId.set(entry.id, entry);
        this.oldestFirst.splice(this.indexOf(entry), isKnown ? 1 : 0, entry);
    }

    delete(id: string): void {
        const entry = this.byId.get(id);
        if (!entry) return;
        this.byId.delete(id);
        this.oldestFirst.splice(this.indexOf(entry), 1);
    }

    /** Where the entry is, or belongs. */
    private indexOf(entry: Entry<T>): number {
        const last = this.oldestFirst.at(-1);
        if (last === undefined || byAge(last, entry) < 0) return this.oldestFirst.length;
        let low = 0;
        let high = this.oldestFirst.length;
        while (low < high) {
            const middle = (low + high) >>> 1;
            const other = this.oldestFirst[middle];
            if (other !== undefined && byAge(other, entry) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}

/** The oldest first. A dump that is loaded may give two objects the same age. */
export function byAge(a: Entry<unknown>, b: Entry<unknown>): number {
    return a.seq - b.seq || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
