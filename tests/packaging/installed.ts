import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/** A folder in which npm has installed the packed package. */
export interface Installed {
    folder: string;
    /** Name of the packed file in the folder. */
    packed: string;
    /** Paths in the packed file. */
    paths: string[];
    /** Runs a command in the folder, and returns its output. */
    run(command: string, ...args: string[]): string;
    remove(): void;
}

/** @param others other packages to install */
export function installed(...others: string[]): Installed {
    // Outside the checkout, so that Node.js does not find the node_modules of the checkout.
    const folder = mkdtempSync(join(tmpdir(), "machine-images-package-"));
    const run = (command: string, ...args: string[]) =>
        execFileSync(command, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
    // Without scripts: dist is already built, and other tests may be reading it.
    const pack = ["pack", join(root, "provider"), "--json", "--ignore-scripts", "--pack-destination", folder];
    const [packed]: { filename: string; files: { path: string }[] }[] = JSON.parse(run("npm", ...pack));
    if (!packed) throw new Error("npm packed no file");
    writeFileSync(join(folder, "package.json"), '{ "name": "user-project", "private": true }\n');
    const quiet = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
    run("npm", "install", `./${packed.filename}`, ...others, ...quiet);
    return {
        folder,
        packed: packed.filename,
        paths: packed.files.map(({ path }) => path),
        run,
        remove: () => rmSync(folder, { recursive: true, force: true }),
    };
}
