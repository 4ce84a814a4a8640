import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../clouds/errors";
import type { ProjectFile } from "./projectTemplates";

/** Why no project can be created in this folder, if so. Names that begin with a dot, such as .git, may exist. */
export function reasonAgainst(folder: string): string | undefined {
    if (!existsSync(folder)) return undefined;
    if (!statSync(folder).isDirectory()) return `${folder} is a file: use a folder`;
    const existing = readdirSync(folder).filter((name) => !name.startsWith("."));
    if (existing.length === 0) return undefined;
    const some = existing.length > 3 ? [...existing.slice(0, 3), "…"] : existing;
    return `${shown(folder)} is not empty (${some.join(", ")}): use a new folder, for example \`machine-images init my-images\``;
}

/** Writes all files or none, and never overwrites a file. */
export function writeProject(folder: string, files: readonly ProjectFile[]): void {
    const reason = reasonAgainst(folder);
    if (reason !== undefined) throw new UserError(reason);
    const existing = files.find(({ name }) => existsSync(join(folder, name)));
    if (existing) throw new UserError(`${join(folder, existing.name)} already exists: move it, or use a new folder`);
    const created: string[] = [];
    try {
        const firstFolder = mkdirSync(folder, { recursive: true });
        if (firstFolder !== undefined) created.push(firstFolder);
        for (const { name, text } of files) {
            const path = join(folder, name);
            writeFileSync(path, text, { flag: "wx" });
            created.push(path);
        }
    } catch (error) {
        for (const path of created) rmSync(path, { recursive: true, force: true });
        const why = error instanceof Error ? error.message : String(error);
        throw new UserError(`no project was created in ${shown(folder)}: ${why}`, { cause: error });
    }
}

function shown(folder: string): string {
    return folder === "." ? "this folder" : folder;
}
