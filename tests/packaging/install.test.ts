import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

describe("the published package", function () {
    // npm resolves and unpacks the dependencies once.
    this.timeout(180_000);

    let project: string;
    let packed: { filename: string; files: { path: string }[] };
    const run = (command: string, ...args: string[]) =>
        execFileSync(command, args, { cwd: project, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();

    before(() => {
        // Outside the checkout, so that Node.js finds nothing in the checkout's own node_modules.
        project = mkdtempSync(join(tmpdir(), "machine-images-package-"));
        // The scripts are left out: dist is built already, and others may be reading it.
        const pack = ["pack", join(root, "provider"), "--json", "--ignore-scripts", "--pack-destination", project];
        [packed] = JSON.parse(run("npm", ...pack));
        writeFileSync(join(project, "package.json"), '{ "name": "user-project", "private": true }\n');
        run("npm", "install", packed.filename, "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts");
    });
    after(() => rmSync(project, { recursive: true, force: true }));

    it("holds compiled code and Go modules, and no sources or tests", () => {
        const paths = packed.files.map((file) => file.path);
        const strange = paths.filter(
            (path) =>
                !/^dist\/.+\.(js|d\.ts|js\.map|html|css|svg)$/.test(path) &&
                path !== "bin/machine-images.js" &&
                path !== "environment.schema.json" &&
                !/^engine\/modules\/[^/]+\/(go\.mod|go\.sum|main\.go)$/.test(path) &&
                !/^docs\/([^/]+\/)?[^/]+\.(md|yml)$/.test(path) &&
                !/^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/.test(path),
        );
        assert.deepEqual(strange, []);
        assert.deepEqual(
            paths.filter((path) => /test/i.test(path) && !path.startsWith("docs/")),
            [],
        );
        for (const module of ["pulumi", "language-nodejs", "resource-random"]) {
            assert.ok(paths.includes(`engine/modules/${module}/go.sum`), module);
        }
    });

    it("runs its command line from the project that installed it", () => {
        const { version } = JSON.parse(readFileSync(join(root, "provider", "package.json"), "utf8"));
        assert.equal(run("npx", "--no-install", "machine-images", "--version"), version);
    });

    it("finds the Go modules beside its compiled code", () => {
        const code = `
            const { modulesFolder } = require("./node_modules/pulumi-machine-images/dist/engine/build.js");
            console.log(require("node:fs").existsSync(modulesFolder + "/pulumi/go.mod"));`;
        assert.equal(run(process.execPath, "-e", code), "true");
    });

    it("can be imported as an ES module", () => {
        const code = 'const all = await import("pulumi-machine-images"); console.log(Object.keys(all).length > 0)';
        assert.equal(run(process.execPath, "--input-type=module", "-e", code), "true");
    });

    it("can be required by the plugin process through its stable second door", () => {
        const code = 'console.log(Object.keys(require("pulumi-machine-images/handlers")).length > 0)';
        assert.equal(run(process.execPath, "-e", code), "true");
    });
});
