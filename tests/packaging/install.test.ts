import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type Installed, installed } from "./installed.ts";

const root = join(import.meta.dirname, "..", "..");

describe("the published package", function () {
    // npm resolves and unpacks the dependencies once.
    this.timeout(180_000);

    let user: Installed;
    before(() => {
        user = installed();
    });
    after(() => user.remove());

    it("holds compiled code and Go modules, and no sources or tests", () => {
        const paths = user.paths;
        const strange = paths.filter(
            (path) =>
                !/^dist\/.+\.(js|d\.ts|js\.map|html|css|svg)$/.test(path) &&
                path !== "bin/machine-images.js" &&
                path !== "environment.schema.json" &&
                !/^engine\/modules\/[^/]+\/(go\.mod|go\.sum|main\.go)$/.test(path) &&
                !/^templates\/[a-z-]+\/[^/]+$/.test(path) &&
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
        assert.equal(user.run("npx", "--no-install", "machine-images", "--version"), version);
    });

    it("finds the Go modules beside its compiled code", () => {
        const code = `
            const { modulesFolder } = require("./node_modules/pulumi-machine-images/dist/engine/build.js");
            console.log(require("node:fs").existsSync(modulesFolder + "/pulumi/go.mod"));`;
        assert.equal(user.run(process.execPath, "-e", code), "true");
    });

    it("can be imported as an ES module", () => {
        const code = 'const all = await import("pulumi-machine-images"); console.log(Object.keys(all).length > 0)';
        assert.equal(user.run(process.execPath, "--input-type=module", "-e", code), "true");
    });

    it("can be required by the plugin process through its stable second door", () => {
        const code = 'console.log(Object.keys(require("pulumi-machine-images/handlers")).length > 0)';
        assert.equal(user.run(process.execPath, "-e", code), "true");
    });

    it("has every file of the templates, for init and for the engine", () => {
        const templates = join(root, "provider", "templates");
        const there = readdirSync(templates, { recursive: true, withFileTypes: true }).filter((entry) =>
            entry.isFile(),
        );
        const expected = there.map(({ name, parentPath }) => join("templates", relative(templates, parentPath), name));
        const inPackage = join(user.folder, "node_modules", "pulumi-machine-images");
        assert.deepEqual(
            expected.filter((path) => !existsSync(join(inPackage, path))),
            [],
        );
        assert.ok(expected.length >= 20);
    });

    it("makes a project that takes the package from the same file as whoever made it", () => {
        user.run("npx", "--no-install", "machine-images", "init", "new/shop");
        const { dependencies } = JSON.parse(readFileSync(join(user.folder, "new", "shop", "package.json"), "utf8"));
        assert.equal(dependencies["pulumi-machine-images"], `file:../../${user.packed}`);
    });
});
