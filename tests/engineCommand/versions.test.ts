import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
    engineVersion,
    goVersion,
    languageHostVersion,
    randomPluginVersion,
} from "../../provider/dist/engine/versions.js";

const root = join(import.meta.dirname, "..", "..");
const modules = join(root, "provider", "engine", "modules");
const read = (...parts: string[]) => readFileSync(join(...parts), "utf8");

describe("pinned versions", () => {
    it("are the same in the constants and in the package files", () => {
        const project = JSON.parse(read(root, "package.json")).dependencies;
        assert.deepEqual([project.pulumi, project["@pulumi/pulumi"]], Array(2).fill(engineVersion));
        const example = JSON.parse(read(root, "examples", "program", "package.json")).dependencies;
        assert.deepEqual([example["@pulumi/random"], example["@pulumi/pulumi"]], [randomPluginVersion, engineVersion]);
    });

    it("are the same in the constants and in the Go modules", () => {
        const requires = (name: string, module: string) =>
            new RegExp(`${module.replaceAll(".", "\\.")} v(\\S+)`).exec(read(modules, name, "go.mod"))?.[1];
        assert.equal(requires("pulumi", "github.com/pulumi/pulumi/pkg/v3"), engineVersion);
        assert.equal(requires("language-nodejs", "github.com/pulumi/pulumi/sdk/v3"), languageHostVersion);
        assert.match(read(modules, "resource-random", "main.go"), new RegExp(`"${randomPluginVersion}"`));
    });

    it("include the newest Go that a module requires, because an error tells users to install it", () => {
        const asked = readdirSync(modules).map((name) => /^go (\S+)$/m.exec(read(modules, name, "go.mod"))?.[1] ?? "");
        asked.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
        assert.equal(asked.at(-1), goVersion);
    });
});
