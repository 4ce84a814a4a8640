import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { openSimulation } from "../../provider/dist/simulator/index.js";
import { type Installed, installed } from "../packaging/installed.ts";

const templates = join(import.meta.dirname, "..", "..", "provider", "templates");
const {
    dependencies,
    devDependencies,
}: { dependencies: Record<string, string>; devDependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(templates, "alibaba-typescript", "package.json"), "utf8"),
);

/** The resource types that each template creates. */
const createdTypes: Record<string, string[]> = {
    "alibaba-environment": ["CustomImage", "Environment", "ImageShare", "SimpleServer", "SimpleServer"],
    "alibaba-typescript": ["CustomImage", "ImageShare", "SimpleServer", "SimpleServer"],
    "huawei-environment": ["Environment", "FullEcsImage", "HuaweiServer"],
    "huawei-typescript": ["FullEcsImage", "HuaweiServer"],
};

/** The objects of a simulation: from a project's data file, or of a new one. */
function objects(data: string): string[] {
    const sim = openSimulation({ data });
    try {
        return sim.registry.objects().map(({ kind, id, value }) => `${kind} ${id} ${JSON.stringify(value)}`);
    } finally {
        sim.close();
    }
}

describe("a project from a template, with the package as npm installs it", () => {
    let user: Installed;
    before(() => {
        const otherPackages = { ...devDependencies, "@pulumi/pulumi": dependencies["@pulumi/pulumi"] };
        user = installed(...Object.entries(otherPackages).map(([name, version]) => `${name}@${version}`));
    });
    after(() => user.remove());

    const project = (template: string) => join(user.folder, `init-${template}`);
    const pulumi = (folder: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) => {
        const { PULUMI_BACKEND_URL: _backend, ...env } = process.env;
        const npm = { npm_config_prefer_offline: "true", npm_config_audit: "false", npm_config_ignore_scripts: "true" };
        return execFileSync("pulumi", [...args, "--non-interactive"], {
            cwd: folder,
            env: { ...env, ...npm, PULUMI_CONFIG_PASSPHRASE: "", ...more },
            encoding: "utf8",
            stdio: ["ignore", "pipe", "pipe"],
        });
    };
    const plannedTypes = (folder: string, more?: NodeJS.ProcessEnv) => {
        const { steps }: { steps: { op: string; newState: { type: string } }[] } = JSON.parse(
            pulumi(folder, ["preview", "--json"], more),
        );
        assert.ok(steps.every(({ op }) => op === "create"));
        const types = steps.map(({ newState }) => newState.type.split(":").at(-1));
        return types.filter((type) => type !== "Stack").sort();
    };

    for (const template of Object.keys(createdTypes)) {
        it(`is the same from machine-images init and from pulumi new: ${template}`, () => {
            const name = `shop-${template}`;
            user.run(
                "npx",
                "--no-install",
                "machine-images",
                "init",
                project(template),
                "--template",
                template,
                "--name",
                name,
            );
            const source = join(user.folder, "node_modules", "pulumi-machine-images", "templates", template);
            const other = join(user.folder, `new-${template}`);
            pulumi(user.folder, ["new", source, "--dir", other, "--generate-only", "--yes", "--name", name]);
            assert.deepEqual(readdirSync(other).sort(), readdirSync(project(template)).sort());
            for (const file of readdirSync(other)) {
                const [byInit, byPulumi] = [project(template), other].map((at) => readFileSync(join(at, file), "utf8"));
                if (file === "Pulumi.yaml") {
                    const { backend, ...expected } = parse(byInit ?? "");
                    const { "pulumi:tags": _from, ...config } = parse(byPulumi ?? "").config;
                    assert.ok(backend.url);
                    assert.deepEqual({ ...parse(byPulumi ?? ""), config }, expected);
                } else if (file !== "package.json") {
                    assert.equal(byPulumi, byInit, file);
                }
            }
        });

        it(`previews unchanged, with the installed packages: ${template}`, () => {
            const folder = project(template);
            const where = ["-p", 'require.resolve("pulumi-machine-images")'];
            const resolved = execFileSync(process.execPath, where, { cwd: folder, encoding: "utf8" });
            assert.ok(resolved.startsWith(realpathSync(user.folder)), resolved);
            pulumi(folder, ["stack", "select", "--create", "dev"]);
            assert.deepEqual(plannedTypes(folder), createdTypes[template]);
        });
    }

    for (const template of ["alibaba-environment", "huawei-typescript"]) {
        it(`creates everything, then changes nothing, and deletes everything: ${template}`, () => {
            const folder = project(template);
            const data = join(folder, ".machine-images", "simulator.db");
            pulumi(folder, ["config", "set", "machine-images:simulatorClock", "auto"]);
            pulumi(folder, ["up", "--yes", "--skip-preview"]);
            const before = objects(":memory:");
            const more = objects(data).filter((held) => !before.includes(held));
            const servers = createdTypes[template]?.filter((type) => type.endsWith("Server")) ?? [];
            assert.equal(more.filter((held) => /^\w+\.server /.test(held)).length, servers.length);
            pulumi(folder, ["preview", "--expect-no-changes"]);
            pulumi(folder, ["destroy", "--yes", "--skip-preview"]);
            assert.deepEqual(objects(data), before);
        });
    }

    it("is created by pulumi new, including its stack, in the folder where the package was installed", () => {
        const state = join(user.folder, "state");
        mkdirSync(state);
        const backend = { PULUMI_BACKEND_URL: `file://${state}` };
        const source = "./node_modules/pulumi-machine-images/templates/alibaba-typescript";
        const output = pulumi(user.folder, ["new", source, "--force", "--yes", "--name", "my-shop"], backend);
        assert.match(output, /Your new project is ready to go!/);
        const { config } = parse(readFileSync(join(user.folder, "Pulumi.dev.yaml"), "utf8"));
        assert.equal(config["my-shop:webServers"], "2");
        assert.deepEqual(plannedTypes(user.folder, backend), createdTypes["alibaba-typescript"]);
    });
});
