import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/** A user's folder with the package in it, as npm packs and installs it. */
export interface Installed {
    folder: string;
    /** The name of the packed file, which is in the folder. */
    packed: string;
    /** What is in it. */
    paths: string[];
    /** Runs a command in the folder, and gives what it prints. */
    run(command: string, ...args: string[]): string;
    remove(): void;
}

/** @param beside what else the user installs */
export function installed(...beside: string[]): Installed {
    // Outside the checkout, so that Node.js finds nothing in the checkout's own node_modules.
    const folder = mkdtempSync(join(tmpdir(), "machine-images-package-"));
    const run = (command: string, ...args: string[]) =>
        execFileSync(command, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
    // The scripts are left out: dist is built already, and others may be reading it.
    const pack = ["pack", join(root, "provider"), "--json", "--ignore-scripts", "--pack-destination", folder];
    const [packed]: { filename: string; files: { path: string }[] }[] = JSON.parse(run("npm", ...pack));
    if (!packed) throw new Error("npm has packed nothing");
    writeFileSync(join(folder, "package.json"), '{ "name": "user-project", "private": true }\n');
    const quiet = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
    run("npm", "install", `./${packed.filename}`, ...beside, ...quiet);
    return {
        folder,
        packed: packed.filename,
        paths: packed.files.map(({ path }) => path),
        run,
        remove: () => rmSync(folder, { recursive: true, force: true }),
    };
}
