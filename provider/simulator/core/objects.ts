import type { Database } from "./database";
import type { Kind, Placed, Scope } from "./kinds";
import { type ObjectMemory, parsed } from "./objectMemory";
import { byAge, type Entry } from "./place";
import type { Sliced } from "./slices";

/** The objects of one account in one region. Most operations access only these. */
export class RegionStore {
    constructor(
        private readonly database: Database,
        private readonly memory: ObjectMemory,
        readonly scope: Scope,
        private readonly nextSequence: () => number,
    ) {}

    get<T>(kind: Kind<T>, id: string): T | undefined {
        return this.place(kind).get(id)?.value;
    }

    /** Stores the object. A new object is added at the end of lists; an existing one keeps its position. */
    put<T>(kind: Kind<T>, id: string, value: NoInfer<T>): void {
        this.database.within(() => {
            const place = this.place(kind);
            const before = place.get(id);
            const body = JSON.stringify(value);
            const seq = before?.seq ?? this.nextSequence();
            if (before) this.update(kind.name, id, body);
            else this.insert(kind.name, kind.isRecord, id, body, seq);
            place.set({ scope: place.scope, id, seq, value: parsed<T>(body) });
            this.database.onUndo(() => (before ? place.set(before) : place.delete(id)));
        });
    }

    /** Changes one object. Does nothing if it does not exist. */
    change<T>(kind: Kind<T>, id: string, change: Partial<NoInfer<T>>): void {
        this.database.within(() => {
            const value = this.get(kind, id);
            if (value !== undefined) this.put(kind, id, { ...value, ...change });
        });
    }

    /** Returns whether the object existed. */
    delete<T>(kind: Kind<T>, id: string): boolean {
        return this.database.within(() => {
            const place = this.place(kind);
            const before = place.get(id);
            if (!before) return false;
            const { cloud, account, region } = this.scope;
            this.database.run(
                "DELETE FROM objects WHERE cloud = ? AND kind = ? AND account = ? AND region = ? AND id = ?",
                cloud,
                kind.name,
                account,
                region,
                id,
            );
            place.delete(id);
            this.database.onUndo(() => place.set(before));
            return true;
        });
    }

    /** All objects of a kind, oldest first. */
    list<T>(kind: Kind<T>): Placed<T>[] {
        return this.place(kind).all().slice();
    }

    /** All objects of a kind, readable page by page. Use it before you change anything. */
    all<T>(kind: Kind<T>): Sliced<Placed<T>> {
        return this.place(kind).all();
    }

    /** The objects with this value in this field, found by index. Otherwise like `all`. */
    where<T, F extends keyof T>(kind: Kind<T>, field: F, value: T[F]): Sliced<Placed<T>> {
        return this.place(kind).where(field, value);
    }

    /** The objects with these ids, oldest first. */
    some<T>(kind: Kind<T>, ids: readonly string[]): Placed<T>[] {
        const place = this.place(kind);
        return [...new Set(ids)].flatMap((id) => place.get(id) ?? []).sort(byAge);
    }

    private place<T>(kind: Kind<T>) {
        return this.memory.of(this.scope.cloud, kind).place(this.scope);
    }

    private insert(kind: string, isRecord: boolean, id: string, body: string, seq: number): void {
        const { cloud, account, region } = this.scope;
        this.database.run(
            "INSERT INTO objects (cloud, account, region, kind, id, seq, is_record, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            cloud,
            account,
            region,
            kind,
            id,
            seq,
            isRecord ? 1 : 0,
            body,
        );
    }

    private update(kind: string, id: string, body: string): void {
        const { cloud, account, region } = this.scope;
        this.database.run(
            "UPDATE objects SET body = ? WHERE cloud = ? AND kind = ? AND account = ? AND region = ? AND id = ?",
            body,
            cloud,
            kind,
            account,
            region,
            id,
        );
    }
}

/** Objects of all accounts and regions: keys, shares, copies. Callers must check access to what they find. */
export class Registry {
    constructor(
        private readonly database: Database,
        private readonly memory: ObjectMemory,
    ) {}

    /** The object with this id, whoever owns it. */
    find<T>(cloud: Scope["cloud"], kind: Kind<T>, id: string): Placed<T> | undefined {
        let found: Entry<T> | undefined;
        for (const place of this.memory.of(cloud, kind).places()) {
            const candidate = place.get(id);
            if (candidate && (!found || isBefore(candidate.scope, found.scope))) found = candidate;
        }
        return found;
    }

    /** All objects of a kind, oldest first, optionally of one account. */
    list<T>(cloud: Scope["cloud"], kind: Kind<T>, account?: string): Placed<T>[] {
        const lists: Entry<T>[][] = [];
        for (const place of this.memory.of(cloud, kind).places()) {
            const list = account === undefined || place.scope.account === account ? place.all().slice() : [];
            if (list.length > 0) lists.push(list);
        }
        const [only = [], ...others] = lists;
        return others.length === 0 ? only : lists.flat().sort(byAge);
    }

    /** Objects of other accounts in the same region, oldest first. */
    ofOthers<T>(kind: Kind<T>, { cloud, account, region }: Scope): Placed<T>[] {
        const found: Entry<T>[] = [];
        for (const place of this.memory.of(cloud, kind).places()) {
            if (place.scope.region === region && place.scope.account !== account) found.push(...place.all().slice());
        }
        return found.sort(byAge);
    }

    /** The objects in the clouds, ordered, without records of past requests. */
    objects(): { cloud: string; account: string; region: string; kind: string; id: string; value: unknown }[] {
        return this.database
            .all("SELECT * FROM objects WHERE is_record = 0 ORDER BY cloud, account, region, kind, id")
            .map((row) => ({
                cloud: String(row.cloud),
                account: String(row.account),
                region: String(row.region),
                kind: String(row.kind),
                id: String(row.id),
                value: JSON.parse(String(row.body)),
            }));
    }
}

/** If several objects have the same id, the first by account and region is used. */
function isBefore(a: Scope, b: Scope): boolean {
    return a.account === b.account ? a.region < b.region : a.account < b.account;
}
