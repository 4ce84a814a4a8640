import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const environment = `apiVersion: machine-images/v1
parameters:
  owner: { type: string }
  contract: { type: string, default: none, secret: true }
  web-count: { type: integer, default: 1 }
clouds:
  hangzhou: { type: alibaba, region: cn-hangzhou }
images:
  golden:
    kind: CustomImage
    cloud: hangzhou
    source: { server: ace0706b2ac4454d984295a942130001 }
    copies: [cn-shanghai]
    tags: { owner: "\${parameters.owner}", contract: "\${parameters.contract}" }
servers:
  web:
    kind: SimpleServer
    image: \${images.golden}
    plan: swas.s2.c2m2s50b4t08
    count: \${parameters.web-count}
    onDelete: { refund: true }
`;

describe("a project with a program of one line", () => {
    const project = join(import.meta.dirname, "..", ".work", `one-line-${process.pid}`);
    before(() => {
        mkdirSync(project, { recursive: true });
        const files = {
            "Pulumi.yaml": [
                "name: shop",
                "runtime: nodejs",
                "backend: { url: 'file://./.machine-images?create_dir=true' }",
                "config:",
                "  machine-images:simulator: { value: embedded }",
                "  machine-images:simulatorClock: { value: auto }",
            ].join("\n"),
            "package.json": '{ "name": "shop", "private": true }\n',
            "index.js": 'module.exports = require("pulumi-machine-images/program");\n',
            "environment.yaml": environment,
        };
        for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
        pulumi("stack init dev");
    });
    after(() => rmSync(project, { recursive: true, force: true }));

    function run(words: string) {
        const { PULUMI_BACKEND_URL: _backend, ...env } = process.env;
        return spawnSync("pulumi", [...words.split(" "), "--non-interactive"], {
            cwd: project,
            env: { ...env, PULUMI_CONFIG_PASSPHRASE: "" },
            encoding: "utf8",
        });
    }

    function pulumi(words: string): string {
        const { status, stdout, stderr } = run(words);
        assert.equal(status, 0, `pulumi ${words}\n${stdout}\n${stderr}`);
        return stdout;
    }

    it("runs environment.yaml with the values of the configuration, and outputs the ids of everything it creates", () => {
        pulumi("config set --path machine-images:parameters.web-count 2");
        pulumi("config set --path machine-images:parameters.owner web-team --secret");
        pulumi("config set --path machine-images:parameters.contract the-file-says-secret");
        pulumi("up --yes --skip-preview");
        const outputs = JSON.parse(pulumi("stack output --json"));
        assert.match(outputs.images.golden, /^m-bp/);
        assert.match(outputs.copies.golden["cn-shanghai"], /^m-uf/);
        assert.equal(outputs.servers.web.length, 2);
        const resources: { urn: string }[] = JSON.parse(pulumi("stack export")).deployment.resources;
        const names = resources.map(({ urn }) => urn.split("::").at(-1));
        for (const name of ["shop", "shop-golden", "shop-golden-cn-shanghai", "shop-web-2"]) {
            assert.ok(names.includes(name), name);
        }
    });

    it("stores no secret of the configuration or of the file in plain text", () => {
        const state = pulumi("stack export");
        assert.match(state, /shop-golden-cn-shanghai/);
        assert.doesNotMatch(state, /the-file-says-secret/);
        // The value is a tag. The engine also stores the configuration encrypted.
        assert.doesNotMatch(state, /web-team/);
        assert.match(pulumi("stack export --show-secrets"), /the-file-says-secret/);
    });

    it("renames nothing if the file is moved", () => {
        renameSync(join(project, "environment.yaml"), join(project, "shop.yaml"));
        pulumi("config set machine-images:environment shop.yaml");
        pulumi("preview --expect-no-changes");
    });

    it("fails with one line if the file does not exist, which says what to do", () => {
        pulumi("config set machine-images:environment none.yaml");
        const { status, stdout } = run("preview");
        assert.notEqual(status, 0);
        const [, error = ""] = /^ *error: (.*)$/m.exec(stdout.slice(stdout.indexOf("Diagnostics:"))) ?? [];
        assert.match(
            error,
            /^the environment file none\.yaml cannot be read: .*"pulumi config set machine-images:environment <path>"/,
        );
        assert.doesNotMatch(stdout, /program\.js/);
        pulumi("config set machine-images:environment shop.yaml");
        pulumi("destroy --yes --skip-preview");
        assert.ok(!readFileSync(join(project, "Pulumi.dev.yaml"), "utf8").includes("web-team"));
    });
});
