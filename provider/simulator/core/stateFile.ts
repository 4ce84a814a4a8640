import { closeSync, existsSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { UserError } from "./apiError";

/** Stored in the file header, so that files of other programs are recognized ("miss"). */
const applicationId = 0x6d697373;
const schemaVersion = 2;

/** Objects are ordered by cloud and kind, because memory reads one kind at a time. Memory holds all other indexes. */
const schema = `
    CREATE TABLE objects (
        cloud TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
        seq INTEGER NOT NULL, is_record INTEGER NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (cloud, kind, account, region, id)
    ) WITHOUT ROWID;
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

function unusableFile(path: string, cause: unknown): UserError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new UserError(
        `cannot use ${path || "an empty name"} as the simulator's data file (${reason}): name another file`,
        { cause },
    );
}

function connect(path: string): DatabaseSync {
    if (path === "") throw unusableFile(path, "no file name given");
    try {
        return new DatabaseSync(path);
    } catch (error) {
        throw unusableFile(path, error);
    }
}

/** @param path a file, or ":memory:". A file of another program or version is rejected */
export function openStateFile(path: string): DatabaseSync {
    if (path !== ":memory:" && path !== "" && !existsSync(path)) createEmptyFile(path);
    const connection = connect(path);
    try {
        connection.exec("PRAGMA busy_timeout = 10000; PRAGMA trusted_schema = OFF");
        rejectForeignFiles(connection, path);
        connection.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
        createTables(connection);
    } catch (error) {
        connection.close();
        throw error instanceof UserError ? error : unusableFile(path, error);
    }
    return connection;
}

/** Readable by the owner only, because it contains keys. SQLite creates its other files with the same mode. */
function createEmptyFile(path: string): void {
    if (existsSync(`${path}-wal`)) throw unusableFile(path, `${path}-wal is left over from another file of this name`);
    try {
        closeSync(openSync(path, "wx", 0o600));
    } catch (error) {
        // Another process created the file first. SQLite reports any other problem.
        if (!existsSync(path)) throw unusableFile(path, error);
    }
}

function pragma(connection: DatabaseSync, name: string): number {
    return Number(connection.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}

function rejectForeignFiles(connection: DatabaseSync, path: string): void {
    const isOurs = pragma(connection, "application_id") === applicationId;
    const version = pragma(connection, "user_version");
    if (isOurs && version > schemaVersion) {
        throw new UserError(`cannot open ${path}: written by a newer simulator. Update pulumi-machine-images`);
    }
    if (isOurs && version < schemaVersion) {
        throw new UserError(
            `cannot open ${path}: written by an older simulator. Name a new data file, or delete this one`,
        );
    }
    const hasTables = connection.prepare("SELECT 1 FROM sqlite_master LIMIT 1").get() !== undefined;
    if (!isOurs && hasTables)
        throw new UserError(`cannot open ${path}: the file belongs to another program. Name another data file`);
    if (connection.prepare("PRAGMA quick_check(1)").get()?.quick_check !== "ok") {
        throw new UserError(
            `cannot open ${path}: the file is damaged. Name another data file, or restore it from a backup`,
        );
    }
}

function createTables(connection: DatabaseSync): void {
    connection.exec("BEGIN IMMEDIATE");
    // Another process may have created the tables between the check and the lock.
    if (pragma(connection, "application_id") !== applicationId) {
        connection.exec(schema);
        connection.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}`);
    }
    connection.exec("COMMIT");
}
