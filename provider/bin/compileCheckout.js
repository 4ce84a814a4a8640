// Compiles a checkout that was just installed, as `npm run build` does. Into a folder of its own first, so that a
// process that is killed leaves nothing half-made, and two at the same time do not disturb each other.

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
        throw new Error("this checkout has no compiler: run `npm ci` in its root first");
    }
}

process.stderr.write("machine-images: compiling this checkout, once\n");
try {
    const args = [compiler(), "-p", provider, "--outDir", part];
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
    if (status !== 0) throw new Error(`this checkout cannot be compiled:\n${stdout}`);
    // Without a command line in it, it is left over from a build that was interrupted.
    if (!existsSync(join(dist, "cli", "main.js"))) rmSync(dist, { recursive: true, force: true });
    try {
        renameSync(part, dist);
    } catch (error) {
        // Another process was faster.
        if (!existsSync(join(dist, "cli", "main.js"))) throw error;
    }
} finally {
    rmSync(part, { recursive: true, force: true });
}
