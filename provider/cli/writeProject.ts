import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../clouds/errors";
import type { ProjectFile } from "./projectTemplates";

/** Why no project can be made in this folder; undefined when one can. What begins with a dot, such as .git, may be there. */
export function reasonAgainst(folder: string): string | undefined {
    if (!existsSync(folder)) return undefined;
    if (!statSync(folder).isDirectory()) return `${folder} is a file: name a folder`;
    const there = readdirSync(folder).filter((name) => !name.startsWith("."));
    if (there.length === 0) return undefined;
    const some = there.length > 3 ? [...there.slice(0, 3), "…"] : there;
    return `${shown(folder)} is not empty (${some.join(", ")}): name a new folder, as in \`machine-images init my-images\``;
}

/** Writes all files or none, and nothing over a file that is there. */
export function writeProject(folder: string, files: readonly ProjectFile[]): void {
    const reason = reasonAgainst(folder);
    if (reason !== undefined) throw new UserError(reason);
    const there = files.find(({ name }) => existsSync(join(folder, name)));
    if (there) throw new UserError(`${join(folder, there.name)} is there already: move it away, or name a new folder`);
    const made: string[] = [];
    try {
        const firstFolder = mkdirSync(folder, { recursive: true });
        if (firstFolder !== undefined) made.push(firstFolder);
        for (const { name, text } of files) {
            const path = join(folder, name);
            writeFileSync(path, text, { flag: "wx" });
            made.push(path);
        }
    } catch (error) {
        for (const path of made) rmSync(path, { recursive: true, force: true });
        const why = error instanceof Error ? error.message : String(error);
        throw new UserError(`no project was made in ${shown(folder)}: ${why}`, { cause: error });
    }
}

function shown(folder: string): string {
    return folder === "." ? "this folder" : folder;
}
