import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parse } from "yaml";
import { engineVersion } from "../../provider/dist/engine/versions.js";
import { defaultWorld } from "../../provider/dist/simulator/worlds/world.js";
import { cli, templateNames, templatesFolder } from "./madeProjects.ts";

interface Setting {
    description?: string;
    default?: string | number;
    value?: string;
}

const read = (...names: string[]) => readFileSync(join(templatesFolder, ...names), "utf8");
const json = (...names: string[]) => JSON.parse(read(...names));
const settingsOf = (template: string): Record<string, Setting> => parse(read(template, "Pulumi.yaml")).config;
const providerPackage = JSON.parse(readFileSync(join(templatesFolder, "..", "package.json"), "utf8"));

describe("the project templates", function () {
    // The compiler reads the types of the SDK, which is slow.
    this.timeout(120_000);

    it("exist for each cloud, as a TypeScript program and as an environment file", () => {
        assert.deepEqual(templateNames, [
            "alibaba-environment",
            "alibaba-typescript",
            "huawei-environment",
            "huawei-typescript",
        ]);
    });

    for (const template of templateNames) {
        it(`${template} depends on this version of the package, and on the SDK and the launcher of its engine`, () => {
            const { dependencies } = json(template, "package.json");
            assert.deepEqual(dependencies, {
                "@pulumi/pulumi": engineVersion,
                pulumi: engineVersion,
                "pulumi-machine-images": providerPackage.version,
            });
        });

        it(`${template} has the same descriptions and defaults for \`pulumi new\` as in the project`, () => {
            const { template: prompts, description, name } = parse(read(template, "Pulumi.yaml"));
            assert.deepEqual({ name, description }, { name: "${PROJECT}", description: "${DESCRIPTION}" });
            assert.ok(prompts.description && prompts.quickstart);
            const declared = settingsOf(template);
            for (const [key, { description: text, default: byDefault }] of Object.entries<Setting>(prompts.config)) {
                const { description = text, default: value, value: fixed } = declared[key] ?? {};
                assert.deepEqual([text, byDefault], [description, String(fixed ?? value)], key);
            }
            const own = Object.keys(declared).filter((key) => !key.includes(":"));
            assert.deepEqual(
                own.filter((key) => !(key in prompts.config)),
                [],
            );
        });
    }

    for (const template of templateNames.filter((name) => name.endsWith("-typescript"))) {
        it(`${template} compiles with the types of this package`, () => {
            const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
            const { stdout, status } = spawnSync(process.execPath, [tsc, "-p", join(templatesFolder, template)], {
                encoding: "utf8",
            });
            assert.deepEqual({ stdout, status }, { stdout: "", status: 0 });
        });

        it(`${template} reads exactly the configuration that the project declares`, () => {
            const program = read(template, "index.ts");
            const keys = [...program.matchAll(/config\.(?:require|get)(?:Number)?\("(\w+)"/g)].map(([, key]) => key);
            const own = Object.keys(settingsOf(template)).filter((key) => !key.includes(":"));
            assert.deepEqual([...new Set(keys)].sort(), own.sort());
        });
    }

    for (const template of templateNames.filter((name) => name.endsWith("-environment"))) {
        it(`${template} passes \`machine-images validate\`, and its program is one line`, () => {
            const file = join(
                templatesFolder,
                template,
                settingsOf(template)["machine-images:environment"]?.value ?? "",
            );
            const { stdout, status } = spawnSync(process.execPath, [cli, "validate", file], { encoding: "utf8" });
            assert.deepEqual({ stdout, status }, { stdout: "", status: 0 });
            assert.equal(read(template, "index.js"), 'module.exports = require("pulumi-machine-images/program");\n');
        });
    }

    it("use servers of the default world of the simulator", () => {
        const world = JSON.stringify(defaultWorld);
        for (const template of templateNames) {
            const { parameters } = template.endsWith("-environment")
                ? parse(read(template, "environment.yaml"))
                : { parameters: settingsOf(template) };
            for (const key of ["server", "vault"].filter((name) => name in parameters)) {
                assert.ok(world.includes(`"id":"${parameters[key].default}"`), `${template}: ${key}`);
            }
            assert.ok("server" in parameters, template);
        }
    });
});
