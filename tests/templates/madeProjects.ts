import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

export const cli = join(root, "provider", "dist", "cli", "main.js");
export const templatesFolder = join(root, "provider", "templates");
export const templateNames = readdirSync(templatesFolder).sort();

/** A folder outside the checkout, in which a test creates projects. */
export class Place {
    readonly folder = mkdtempSync(join(tmpdir(), "machine-images-init-"));

    init(...args: string[]): SpawnSyncReturns<string> {
        return spawnSync(process.execPath, [cli, "init", ...args], { cwd: this.folder, encoding: "utf8" });
    }

    path(...names: string[]): string {
        return join(this.folder, ...names);
    }

    read(...names: string[]): string {
        return readFileSync(this.path(...names), "utf8");
    }

    /** Names in a subfolder, sorted. */
    names(...names: string[]): string[] {
        return readdirSync(this.path(...names)).sort();
    }

    remove(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }
}
