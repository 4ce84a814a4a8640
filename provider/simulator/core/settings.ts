import type { Database } from "./database";

/**
 * Small named values that must survive a restart: clock, seed, counters. They are cached as text, and written once
 * before the commit.
 */
export class Settings {
    /** By name; undefined for a name that does not exist in the file. */
    private readonly texts = new Map<string, string | undefined>();
    private readonly dirty = new Set<string>();

    constructor(private readonly database: Database) {
        database.registerCache({ flush: () => this.flush(), forget: () => this.forget() });
    }

    get<T>(name: string): T | undefined {
        const text = this.textOf(name);
        if (text === undefined) return undefined;
        const value: T = JSON.parse(text);
        return value;
    }

    set<T>(name: string, value: T): void {
        this.database.within(() => {
            const before = this.textOf(name);
            this.texts.set(name, JSON.stringify(value));
            this.dirty.add(name);
            this.database.onUndo(() => this.texts.set(name, before));
        });
    }

    private textOf(name: string): string | undefined {
        this.database.refreshCaches();
        const known = this.texts.get(name);
        if (known !== undefined || this.texts.has(name)) return known;
        const row = this.database.get("SELECT value FROM settings WHERE name = ?", name);
        const text = row ? String(row.value) : undefined;
        this.texts.set(name, text);
        return text;
    }

    private flush(): void {
        for (const name of this.dirty) {
            const text = this.texts.get(name);
            // First set by a step that was undone.
            if (text === undefined) continue;
            this.database.run(
                "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                name,
                text,
            );
        }
        this.dirty.clear();
    }

    private forget(): void {
        this.texts.clear();
        this.dirty.clear();
    }
}
