import { chmodSync, existsSync } from "node:fs";
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from "node:sqlite";
import { UserError } from "./refusal";

/** Written into the file's header, so that a file of another program is never taken for ours ("miss"). */
const applicationId = 0x6d697373;
const schemaVersion = 1;

const schema = `
    CREATE TABLE objects (
        cloud TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
        seq INTEGER NOT NULL, is_record INTEGER NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (cloud, account, region, kind, id)
    ) WITHOUT ROWID;
    CREATE INDEX objects_by_id ON objects (kind, id);
    CREATE INDEX objects_in_order ON objects (cloud, account, region, kind, seq);
    CREATE TABLE jobs (
        seq INTEGER PRIMARY KEY, due_at INTEGER NOT NULL, kind TEXT NOT NULL,
        cloud TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL, body TEXT NOT NULL
    );
    CREATE INDEX jobs_by_due ON jobs (due_at, seq);
    CREATE TABLE calls (
        seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, cloud TEXT NOT NULL, account TEXT NOT NULL,
        region TEXT NOT NULL, action TEXT NOT NULL, ids TEXT NOT NULL, status INTEGER NOT NULL, outcome TEXT NOT NULL
    );
    CREATE TABLE faults (seq INTEGER PRIMARY KEY, matched INTEGER NOT NULL, hits INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`;

function unusable(path: string, cause: unknown): UserError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new UserError(
        `${path || "an empty name"} cannot be used as the simulator's data file (${reason}): name another file`,
        { cause },
    );
}

function openFile(path: string): DatabaseSync {
    if (path === "") throw unusable(path, "no file is named");
    try {
        return new DatabaseSync(path);
    } catch (error) {
        throw unusable(path, error);
    }
}

/** One SQLite file (or memory) in WAL mode, its statements prepared once. Several processes may share the file. */
export class Database {
    private readonly connection: DatabaseSync;
    private readonly statements = new Map<string, StatementSync>();
    private depth = 0;

    /** @param path a file, or ":memory:"; a file that is not the simulator's is refused */
    constructor(path: string) {
        const isNew = path !== ":memory:" && !existsSync(path);
        this.connection = openFile(path);
        try {
            this.connection.exec("PRAGMA busy_timeout = 10000; PRAGMA trusted_schema = OFF");
            this.prepareFile(path);
        } catch (error) {
            this.connection.close();
            throw error instanceof UserError ? error : unusable(path, error);
        }
        if (isNew) chmodSync(path, 0o600);
    }

    private prepareFile(path: string): void {
        const found = this.pragma("application_id");
        const version = this.pragma("user_version");
        if (found === applicationId && version > schemaVersion) {
            throw new UserError(`${path} was written by a newer simulator: update pulumi-machine-images`);
        }
        const hasTables = this.get("SELECT 1 AS found FROM sqlite_master LIMIT 1") !== undefined;
        if (found !== applicationId && hasTables) {
            throw new UserError(`${path} belongs to another program: name another data file`);
        }
        if (this.get("PRAGMA quick_check(1)")?.quick_check !== "ok") {
            throw new UserError(`${path} is damaged: name another data file, or restore it from a copy`);
        }
        this.connection.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
        this.transaction(() => {
            // Another process may have made the tables between the look and the lock.
            if (this.pragma("application_id") === applicationId) return;
            this.connection.exec(schema);
            this.connection.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}`);
        });
    }

    private pragma(name: string): number {
        return Number(this.get(`PRAGMA ${name}`)?.[name] ?? 0);
    }

    private statement(sql: string): StatementSync {
        let statement = this.statements.get(sql);
        if (!statement) {
            statement = this.connection.prepare(sql);
            this.statements.set(sql, statement);
        }
        return statement;
    }

    run(sql: string, ...values: SQLInputValue[]): number {
        return Number(this.statement(sql).run(...values).changes);
    }

    /** The number of the row that was added. */
    insert(sql: string, ...values: SQLInputValue[]): number {
        return Number(this.statement(sql).run(...values).lastInsertRowid);
    }

    get(sql: string, ...values: SQLInputValue[]): Record<string, SQLOutputValue> | undefined {
        return this.statement(sql).get(...values);
    }

    all(sql: string, ...values: SQLInputValue[]): Record<string, SQLOutputValue>[] {
        return this.statement(sql).all(...values);
    }

    /** Runs `work` whole or not at all; inside another transaction it is undone alone. */
    transaction<T>(work: () => T): T {
        const name = `step${this.depth}`;
        this.connection.exec(this.depth === 0 ? "BEGIN IMMEDIATE" : `SAVEPOINT ${name}`);
        this.depth++;
        let result: T;
        try {
            result = work();
        } catch (error) {
            this.depth--;
            this.connection.exec(this.depth === 0 ? "ROLLBACK" : `ROLLBACK TO ${name}; RELEASE ${name}`);
            throw error;
        }
        this.depth--;
        this.connection.exec(this.depth === 0 ? "COMMIT" : `RELEASE ${name}`);
        return result;
    }

    close(): void {
        this.statements.clear();
        this.connection.close();
    }
}
