import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import { openStateFile } from "./stateFile";

/** A cache of data in the file. */
export interface Cache {
    /** Writes pending changes. Called before each commit. */
    readonly flush?: () => void;
    /** Drops the cache, so that the next access reads the file. */
    readonly forget: () => void;
}

/** Actions in memory for when the open transaction, or its current step, is committed or undone. */
interface Pending {
    readonly undo?: () => void;
    readonly committed?: () => void;
}

/**
 * One SQLite file (or memory) with prepared statements. Several processes can share the file. Their caches stay
 * correct: they change with each transaction, and are dropped after another process has written.
 */
export class Database {
    private readonly connection: DatabaseSync;
    private readonly statements = new Map<string, StatementSync>();
    private readonly caches: Cache[] = [];
    private pending: Pending[] = [];
    /** The number of nested open transactions. */
    private depth = 0;
    /** How many of them exist in SQLite. A transaction that writes nothing is never started there. */
    private begun = 0;
    /** Why SQLite rolled back the open transaction on its own (for example, a full disk). */
    private lost: { readonly reason: unknown } | undefined;
    private seenVersion: unknown;
    /** Whether other processes can open it too. */
    private readonly isFile: boolean;

    /** @param path a file, or ":memory:". A file of another program is rejected */
    constructor(path: string) {
        this.connection = openStateFile(path);
        this.isFile = path !== ":memory:";
        this.seenVersion = this.dataVersion();
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
        this.beginPending();
        return Number(this.statement(sql).run(...values).changes);
    }

    /** Returns the row number of the new row. */
    insert(sql: string, ...values: SQLInputValue[]): number {
        this.beginPending();
        return Number(this.statement(sql).run(...values).lastInsertRowid);
    }

    get(sql: string, ...values: SQLInputValue[]): Record<string, SQLOutputValue> | undefined {
        return this.statement(sql).get(...values);
    }

    all(sql: string, ...values: SQLInputValue[]): Record<string, SQLOutputValue>[] {
        return this.statement(sql).all(...values);
    }

    /** Reads one row at a time: reading thousands of rows at once leaves the process with more memory. */
    each(sql: string, ...values: SQLInputValue[]): Iterable<Record<string, SQLOutputValue>> {
        return this.statement(sql).iterate(...values);
    }

    /** Registers a cache. Later caches can store data in earlier ones, so they are flushed first. */
    registerCache(cache: Cache): void {
        this.caches.unshift(cache);
    }

    /** Registers how to undo a change in memory if the current step is undone. */
    onUndo(undo: () => void): void {
        if (this.depth > 0) this.pending.push({ undo });
    }

    /** Runs after the outermost transaction is committed, never if this step is undone. */
    onCommit(committed: () => void): void {
        if (this.depth > 0) this.pending.push({ committed });
        else committed();
    }

    /** Drops the caches if another process has written. Call it before you use a cache. */
    refreshCaches(): void {
        // Inside a transaction, no other process can write.
        if (this.depth === 0) this.dropChangedCaches();
    }

    private dropChangedCaches(): void {
        if (!this.isFile) return;
        const version = this.dataVersion();
        if (version === this.seenVersion) return;
        this.seenVersion = version;
        for (const { forget } of this.caches) forget();
    }

    private dataVersion(): unknown {
        return this.statement("PRAGMA data_version").get()?.data_version;
    }

    /** Runs `work` completely or not at all. Inside another transaction, only `work` is undone. */
    transaction<T>(work: () => T): T {
        return this.depth === 0 ? this.outermost(work) : this.step(work);
    }

    /** Runs `work` in the open transaction, or in a new one. */
    within<T>(work: () => T): T {
        return this.depth === 0 ? this.outermost(work) : work();
    }

    private outermost<T>(work: () => T): T {
        this.statement("BEGIN IMMEDIATE").run();
        this.depth = 1;
        this.begun = 1;
        let result: T;
        try {
            this.dropChangedCaches();
            result = work();
            for (const { flush } of this.caches) flush?.();
            this.throwIfLost();
            this.statement("COMMIT").run();
        } catch (error) {
            this.rollBack();
            throw error;
        }
        this.depth = 0;
        this.begun = 0;
        const pending = this.pending;
        if (pending.length > 0) this.pending = [];
        for (const { committed } of pending) committed?.();
        return result;
    }

    private rollBack(): void {
        this.depth = 0;
        this.begun = 0;
        this.lost = undefined;
        this.pending = [];
        // Dropping the caches is correct whatever happened to the transaction; undoing each change is not.
        for (const { forget } of this.caches) forget();
        try {
            this.connection.exec("ROLLBACK");
        } catch {
            // SQLite had already rolled back. The caught error has the reason.
        }
    }

    private step<T>(work: () => T): T {
        const level = this.depth;
        const mark = this.pending.length;
        this.depth++;
        try {
            const result = work();
            if (this.begun > level) this.statement(`RELEASE step${level}`).run();
            this.depth = level;
            this.begun = Math.min(this.begun, level);
            return result;
        } catch (error) {
            this.depth = level;
            while (this.pending.length > mark) this.pending.pop()?.undo?.();
            if (this.begun > level) this.rollBackTo(level);
            throw error;
        }
    }

    private rollBackTo(level: number): void {
        this.begun = level;
        try {
            this.statement(`ROLLBACK TO step${level}`).run();
            this.statement(`RELEASE step${level}`).run();
        } catch (error) {
            this.lost ??= { reason: error };
        }
    }

    /** Starts the open transactions in SQLite that it does not know yet. */
    private beginPending(): void {
        this.throwIfLost();
        while (this.begun < this.depth) {
            this.statement(`SAVEPOINT step${this.begun}`).run();
            this.begun++;
        }
    }

    private throwIfLost(): void {
        if (this.lost) throw new Error("SQLite rolled back the transaction", { cause: this.lost.reason });
    }

    close(): void {
        this.statements.clear();
        this.connection.close();
    }
}
