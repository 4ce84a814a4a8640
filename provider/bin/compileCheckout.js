// Compiles a new checkout, like `npm run build`. Writes to a temporary folder first, so that a killed process leaves no
// partial output and two processes do not interfere.

const { spawnSync } = require("node:child_process");
const { existsSync, renameSync, rmSync } = require("node:fs");
const { join } = require("node:path");

const provider = join(__dirname, "..");
const dist = join(provider, "dist");
const part = `${dist}.${process.pid}.part`;

function compiler() {
    try {
        return require.resolve("typescript/bin/tsc");
    } catch {
        throw new Error(
            "cannot compile this checkout: TypeScript is not installed. Run `npm ci` in the root of the checkout first",
        );
    }
}

process.stderr.write("machine-images: compiling this checkout, once\n");
try {
    const args = [compiler(), "-p", provider, "--outDir", part];
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
    if (status !== 0) throw new Error(`cannot compile this checkout:\n${stdout}`);
    // Without cli/main.js, the folder is from an interrupted build.
    if (!existsSync(join(dist, "cli", "main.js"))) rmSync(dist, { recursive: true, force: true });
    try {
        renameSync(part, dist);
    } catch (error) {
        // Another process may have finished first.
        if (!existsSync(join(dist, "cli", "main.js"))) throw error;
    }
} finally {
    rmSync(part, { recursive: true, force: true });
}
