import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/** A slow fake compiler. The command line that it writes prints its arguments. */
const compiler = `
const { appendFileSync, mkdirSync, writeFileSync } = require("node:fs");
const out = process.argv[process.argv.indexOf("--outDir") + 1];
appendFileSync(process.env.CALLS, "compiled\\n");
mkdirSync(out + "/cli", { recursive: true });
setTimeout(() => writeFileSync(out + "/cli/main.js", "console.log(process.argv.slice(2).join())"), 300);
`;

describe("the command line of a new checkout", () => {
    let folder: string;
    let provider: string;
    let env: NodeJS.ProcessEnv;
    const command = () => join(provider, "bin", "machine-images.js");
    const run = (...args: string[]) => spawnSync(process.execPath, [command(), ...args], { env, encoding: "utf8" });

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "machine-images-checkout-"));
        provider = join(folder, "provider");
        env = { ...process.env, CALLS: join(folder, "calls") };
        for (const name of ["bin", "package.json", "tsconfig.json"]) {
            cpSync(join(root, "provider", name), join(provider, name), { recursive: true });
        }
        const typescript = join(folder, "node_modules", "typescript", "bin");
        mkdirSync(typescript, { recursive: true });
        writeFileSync(join(typescript, "tsc"), compiler);
        symlinkSync(provider, join(folder, "node_modules", "pulumi-machine-images"));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it("compiles once, reports it on standard error, and runs the command", () => {
        const { status, stdout, stderr } = run("rules", "--json");
        assert.deepEqual({ status, stdout }, { status: 0, stdout: "rules,--json\n" });
        assert.equal(stderr, "machine-images: compiling this checkout, once\n");
        assert.deepEqual([run("again").stderr, readFileSync(join(folder, "calls"), "utf8")], ["", "compiled\n"]);
    });

    it("works in two parallel processes and after an interrupted compilation, and leaves no other file", async () => {
        mkdirSync(join(provider, "dist", "clouds"), { recursive: true });
        const both = [0, 1].map(() => spawn(process.execPath, [command()], { env, stdio: "ignore" }));
        assert.deepEqual(await Promise.all(both.map((child) => once(child, "exit"))), [
            [0, null],
            [0, null],
        ]);
        assert.deepEqual(readdirSync(provider).sort(), ["bin", "dist", "package.json", "tsconfig.json"]);
    });

    it("fails with advice if there is no compiler", () => {
        rmSync(join(folder, "node_modules"), { recursive: true });
        const { status, stderr } = run();
        assert.equal(status, 1);
        assert.match(
            stderr,
            /machine-images: cannot compile this checkout: TypeScript is not installed\. Run `npm ci` in the root .*\n$/,
        );
        assert.ok(!existsSync(join(provider, "dist")));
    });
});
