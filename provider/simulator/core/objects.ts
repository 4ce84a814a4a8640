import type { SQLOutputValue } from "node:sqlite";
import type { Database } from "./database";
import type { Kind, Placed, Scope } from "./kinds";

function placed<T>(cloud: Scope["cloud"], row: Record<string, SQLOutputValue>): Placed<T> {
    const value: T = JSON.parse(String(row.body));
    return {
        scope: { cloud, account: String(row.account), region: String(row.region) },
        id: String(row.id),
        value,
    };
}

/** The objects of one account in one region: the only way to them that most operations need. */
export class Shelf {
    constructor(
        private readonly database: Database,
        readonly scope: Scope,
        private readonly nextSequence: () => number,
    ) {}

    get<T>(kind: Kind<T>, id: string): T | undefined {
        const { cloud, account, region } = this.scope;
        const row = this.database.get(
            "SELECT body FROM objects WHERE cloud = ? AND account = ? AND region = ? AND kind = ? AND id = ?",
            cloud,
            account,
            region,
            kind.name,
            id,
        );
        if (!row) return undefined;
        const value: T = JSON.parse(String(row.body));
        return value;
    }

    /** Stores the object; a new one goes to the end of its lists, a known one keeps its place. */
    put<T>(kind: Kind<T>, id: string, value: NoInfer<T>): void {
        const { cloud, account, region } = this.scope;
        this.database.run(
            `INSERT INTO objects (cloud, account, region, kind, id, seq, is_record, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET body = excluded.body`,
            cloud,
            account,
            region,
            kind.name,
            id,
            this.nextSequence(),
            kind.isRecord ? 1 : 0,
            JSON.stringify(value),
        );
    }

    /** Changes one object; nothing happens when it is gone. */
    change<T>(kind: Kind<T>, id: string, change: Partial<NoInfer<T>>): void {
        const value = this.get(kind, id);
        if (value !== undefined) this.put(kind, id, { ...value, ...change });
    }

    /** True when there was one to delete. */
    delete<T>(kind: Kind<T>, id: string): boolean {
        const { cloud, account, region } = this.scope;
        const gone = this.database.run(
            "DELETE FROM objects WHERE cloud = ? AND account = ? AND region = ? AND kind = ? AND id = ?",
            cloud,
            account,
            region,
            kind.name,
            id,
        );
        return gone > 0;
    }

    /** All objects of a kind, oldest first. */
    list<T>(kind: Kind<T>): Placed<T>[] {
        const { cloud, account, region } = this.scope;
        return this.database
            .all(
                "SELECT * FROM objects WHERE cloud = ? AND account = ? AND region = ? AND kind = ? ORDER BY seq",
                cloud,
                account,
                region,
                kind.name,
            )
            .map((row) => placed<T>(cloud, row));
    }
}

/** What crosses accounts or regions: keys to log in with, shares, copies. Callers check who may see what they find. */
export class Registry {
    constructor(private readonly database: Database) {}

    /** The object with this id, whoever owns it. */
    find<T>(cloud: Scope["cloud"], kind: Kind<T>, id: string): Placed<T> | undefined {
        const row = this.database.get(
            "SELECT * FROM objects WHERE kind = ? AND id = ? AND cloud = ?",
            kind.name,
            id,
            cloud,
        );
        return row ? placed<T>(cloud, row) : undefined;
    }

    /** Every object of a kind, oldest first; of one account when it is named. */
    list<T>(cloud: Scope["cloud"], kind: Kind<T>, account?: string): Placed<T>[] {
        return this.database
            .all(
                "SELECT * FROM objects WHERE cloud = ? AND kind = ? AND (?3 IS NULL OR account = ?3) ORDER BY seq",
                cloud,
                kind.name,
                account ?? null,
            )
            .map((row) => placed<T>(cloud, row));
    }

    /** What the clouds hold for their customers, ordered, without the records of past requests. */
    holdings(): { cloud: string; account: string; region: string; kind: string; id: string; value: unknown }[] {
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
