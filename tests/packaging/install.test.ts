import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { type Installed, installed } from "./installed.ts";

const root = join(import.meta.dirname, "..", "..");

describe("the published package", function () {
    // npm resolves and unpacks the dependencies once, which is slow.
    this.timeout(180_000);

    let user: Installed;
    before(() => {
        user = installed();
    });
    after(() => user.remove());

    it("contains compiled code and Go modules, and no sources or tests", () => {
        const paths = user.paths;
        const strange = paths.filter(
            (path) =>
                !/^dist\/.+\.(js|d\.ts|js\.map|html|css|svg)$/.test(path) &&
                !/^bin\/(machine-images|nodeVersion|compileCheckout)\.js$/.test(path) &&
                path !== "bin/nodeVersion.d.ts" &&
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

    it("has the metadata for npm, and links to files of the package", () => {
        const { license, repository, bugs, homepage } = JSON.parse(
            readFileSync(join(root, "provider", "package.json"), "utf8"),
        );
        assert.equal(license, "Apache-2.0");
        for (const url of [repository.url, bugs.url, homepage]) assert.match(url, /^(git\+)?https:\/\/github\.com\//);
        assert.ok(user.paths.includes("LICENSE"));
        for (const page of user.paths.filter((path) => path.endsWith("README.md") && !path.includes("/"))) {
            const readme = readFileSync(join(user.folder, "node_modules", "pulumi-machine-images", page), "utf8");
            for (const part of ["**Status**", "## Install", "## Example"]) assert.ok(readme.includes(part), part);
            const links = [...readme.matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, link = ""]) => link);
            assert.ok(links.length > 15);
            assert.deepEqual(
                links.filter((link) => !user.paths.includes(link)),
                [],
            );
        }
        assert.ok(user.paths.includes("README.md"));
    });

    it("refuses an old Node.js with one line, from the command line and from every entry point", () => {
        const preload = join(user.folder, "old.cjs");
        writeFileSync(preload, 'Object.defineProperty(process.versions, "node", { value: "20.20.2" });');
        const old = (...args: string[]) =>
            spawnSync(process.execPath, ["--require", preload, ...args], { cwd: user.folder, encoding: "utf8" });
        const command = join("node_modules", "pulumi-machine-images", "bin", "machine-images.js");
        const { status, stdout, stderr } = old(command, "validate", "environment.yaml");
        assert.deepEqual({ status, stdout }, { status: 1, stdout: "" });
        assert.match(
            stderr,
            /^machine-images: pulumi-machine-images requires Node\.js 22\.13 or newer, but \S+ is 20\.20\.2\. .*\n$/,
        );
        for (const entry of ["", "/handlers", "/program", "/simulator"]) {
            const loaded = `try { require("pulumi-machine-images${entry}"); } catch (error) { console.log(error.message); }`;
            assert.match(old("-e", loaded).stdout, /^pulumi-machine-images requires Node\.js 22\.13 .*\n$/, entry);
        }
    });

    it("checks the version of Node.js with syntax that every Node.js accepts", () => {
        for (const file of ["machine-images.js", "nodeVersion.js"]) {
            const text = readFileSync(join(root, "provider", "bin", file), "utf8");
            const { diagnostics } = ts.transpileModule(text, {
                reportDiagnostics: true,
                compilerOptions: { target: ts.ScriptTarget.ES2015, allowJs: true },
            });
            assert.deepEqual(diagnostics, []);
            assert.doesNotMatch(text, /\?\?|\?\.|catch \{|^import |await /m, `${file} has newer syntax`);
        }
        const command = readFileSync(join(root, "provider", "bin", "machine-images.js"), "utf8");
        assert.ok(command.indexOf("nodeVersion.js") < command.indexOf('require("node:'), "the check comes first");
    });

    it("installs one copy of the newest SDK in a project that does not depend on it", () => {
        const paths = user.run("npm", "ls", "@pulumi/pulumi", "--all", "--parseable").split("\n");
        assert.equal(paths.filter((path) => path.endsWith(join("node_modules", "@pulumi", "pulumi"))).length, 1);
    });

    it("provides its command line in the project", () => {
        const { version } = JSON.parse(readFileSync(join(root, "provider", "package.json"), "utf8"));
        assert.equal(user.run("npx", "--no-install", "machine-images", "--version"), version);
    });

    it("finds its Go modules", () => {
        const code = `
            const { modulesFolder } = require("./node_modules/pulumi-machine-images/dist/engine/build.js");
            console.log(require("node:fs").existsSync(modulesFolder + "/pulumi/go.mod"));`;
        assert.equal(user.run(process.execPath, "-e", code), "true");
    });

    it("can be imported as an ES module", () => {
        const code = 'const all = await import("pulumi-machine-images"); console.log(Object.keys(all).length > 0)';
        assert.equal(user.run(process.execPath, "--input-type=module", "-e", code), "true");
    });

    it("can be required by the plugin process through /handlers", () => {
        const code = 'console.log(Object.keys(require("pulumi-machine-images/handlers")).length > 0)';
        assert.equal(user.run(process.execPath, "-e", code), "true");
    });

    it("contains every file of the templates", () => {
        const templates = join(root, "provider", "templates");
        const files = readdirSync(templates, { recursive: true, withFileTypes: true }).filter((entry) =>
            entry.isFile(),
        );
        const expected = files.map(({ name, parentPath }) => join("templates", relative(templates, parentPath), name));
        const inPackage = join(user.folder, "node_modules", "pulumi-machine-images");
        assert.deepEqual(
            expected.filter((path) => !existsSync(join(inPackage, path))),
            [],
        );
        assert.ok(expected.length >= 20);
    });

    it("creates a project that depends on the file from which the package was installed", () => {
        user.run("npx", "--no-install", "machine-images", "init", "new/shop");
        const { dependencies } = JSON.parse(readFileSync(join(user.folder, "new", "shop", "package.json"), "utf8"));
        assert.equal(dependencies["pulumi-machine-images"], `file:../../${user.packed}`);
    });
});
