import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import { openStateFile } from "./stateFile";

/** What is kept in memory of the file. */
export interface Kept {
    /** Writes what is not written yet; called just before each commit. */
    readonly flush?: () => void;
    /** Drops all of it: what is asked for next is read again. */
    readonly forget: () => void;
}

/** What is left to do in memory when the open transaction, or the step of it that runs, ends well or is undone. */
interface Pending {
    readonly undo?: () => void;
    readonly committed?: () => void;
}

/**
 * One SQLite file (or memory), its statements prepared once. Several processes may share the file, and what they keep
 * of it in memory stays right: it changes with its transactions, and is dropped when another process has written.
 */
export class Database {
    private readonly connection: DatabaseSync;
    private readonly statements = new Map<string, StatementSync>();
    private readonly kept: Kept[] = [];
    private pending: Pending[] = [];
    /** How many transactions are open, each in the one before. */
    private depth = 0;
    /** How many of them SQLite knows of: one that writes nothing never begins there. */
    private begun = 0;
    /** Why SQLite has given up the open transaction by itself (a full disk). */
    private lost: { readonly reason: unknown } | undefined;
    private seenVersion: unknown;
    /** Whether other processes can open it too. */
    private readonly isFile: boolean;

    /** @param path a file, or ":memory:"; a file that is not the simulator's is refused */
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
        this.beginSteps();
        return Number(this.statement(sql).run(...values).changes);
    }

    /** The number of the row that was added. */
    insert(sql: string, ...values: SQLInputValue[]): number {
        this.beginSteps();
        return Number(this.statement(sql).run(...values).lastInsertRowid);
    }

    get(sql: string, ...values: SQLInputValue[]): Record<string, SQLOutputValue> | undefined {
        return this.statement(sql).get(...values);
    }

    all(sql: string, ...values: SQLInputValue[]): Record<string, SQLOutputValue>[] {
        return this.statement(sql).all(...values);
    }

    /** One row at a time: thousands of rows at once are a peak of memory that is never given back. */
    each(sql: string, ...values: SQLInputValue[]): Iterable<Record<string, SQLOutputValue>> {
        return this.statement(sql).iterate(...values);
    }

    /** From now on `kept` follows the file. What comes later may be kept in what came before, so it is written first. */
    keep(kept: Kept): void {
        this.kept.unshift(kept);
    }

    /** Says how to undo in memory what the running step has changed there. */
    onUndo(undo: () => void): void {
        if (this.depth > 0) this.pending.push({ undo });
    }

    /** Calls when the outermost transaction is committed; never when this step is undone. */
    onCommit(committed: () => void): void {
        if (this.depth > 0) this.pending.push({ committed });
        else committed();
    }

    /** To be called before anything kept is used: drops it when another process has written. */
    lookForOthers(): void {
        // Inside a transaction nobody else can write.
        if (this.depth === 0) this.forgetWhatOthersChanged();
    }

    private forgetWhatOthersChanged(): void {
        if (!this.isFile) return;
        const version = this.dataVersion();
        if (version === this.seenVersion) return;
        this.seenVersion = version;
        for (const { forget } of this.kept) forget();
    }

    private dataVersion(): unknown {
        return this.statement("PRAGMA data_version").get()?.data_version;
    }

    /** Runs `work` whole or not at all; inside another transaction it is undone alone. */
    transaction<T>(work: () => T): T {
        return this.depth === 0 ? this.outermost(work) : this.step(work);
    }

    /** Runs `work` as part of the open transaction; without one, as one of its own. */
    within<T>(work: () => T): T {
        return this.depth === 0 ? this.outermost(work) : work();
    }

    private outermost<T>(work: () => T): T {
        this.statement("BEGIN IMMEDIATE").run();
        this.depth = 1;
        this.begun = 1;
        let result: T;
        try {
            this.forgetWhatOthersChanged();
            result = work();
            for (const { flush } of this.kept) flush?.();
            this.refuseLost();
            this.statement("COMMIT").run();
        } catch (error) {
            this.abandon();
            throw error;
        }
        this.depth = 0;
        this.begun = 0;
        const pending = this.pending;
        if (pending.length > 0) this.pending = [];
        for (const { committed } of pending) committed?.();
        return result;
    }

    private abandon(): void {
        this.depth = 0;
        this.begun = 0;
        this.lost = undefined;
        this.pending = [];
        // Read again rather than undone: right whatever has happened to the transaction.
        for (const { forget } of this.kept) forget();
        try {
            this.connection.exec("ROLLBACK");
        } catch {
            // SQLite had rolled back by itself; why is in the error that led here.
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

    /** Lets SQLite know of the open transactions that it has not heard of. */
    private beginSteps(): void {
        this.refuseLost();
        while (this.begun < this.depth) {
            this.statement(`SAVEPOINT step${this.begun}`).run();
            this.begun++;
        }
    }

    private refuseLost(): void {
        if (this.lost) throw new Error("SQLite rolled back the transaction", { cause: this.lost.reason });
    }

    close(): void {
        this.statements.clear();
        this.connection.close();
    }
}
