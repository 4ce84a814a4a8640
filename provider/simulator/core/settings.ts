import type { Database } from "./database";

/** Small named values that must survive a restart: clock, seed, counters. */
export class Settings {
    constructor(private readonly database: Database) {}

    get<T>(name: string): T | undefined {
        const row = this.database.get("SELECT value FROM settings WHERE name = ?", name);
        if (!row) return undefined;
        const value: T = JSON.parse(String(row.value));
        return value;
    }

    set<T>(name: string, value: T): void {
        this.database.run(
            "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            name,
            JSON.stringify(value),
        );
    }
}
