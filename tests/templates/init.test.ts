import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { initCommand } from "../../provider/dist/cli/commands/init.js";
import { writeProject } from "../../provider/dist/cli/writeProject.js";
import { Place, templateNames } from "./madeProjects.ts";

describe("machine-images init", function () {
    // Each call starts a process.
    this.timeout(30_000);
    let place: Place;
    beforeEach(() => {
        place = new Place();
    });
    afterEach(() => place.remove());

    for (const template of templateNames) {
        it(`creates a project from ${template}, without placeholders and with its state on this machine`, () => {
            const { status, stderr } = place.init("shop", "--template", template, "--name", "My.Shop_1");
            assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
            const names = place.names("shop");
            const program = template.endsWith("-typescript")
                ? ["index.ts", "package.json", "tsconfig.json"]
                : ["environment.yaml", "index.js", "package.json"];
            assert.deepEqual(names, [".gitignore", "Pulumi.yaml", "README.md", ...program].sort());
            for (const name of names) {
                assert.doesNotMatch(place.read("shop", name), /\$\{(PROJECT|DESCRIPTION)\}/, name);
            }
            const project = parse(place.read("shop", "Pulumi.yaml"));
            assert.equal(project.name, "My.Shop_1");
            assert.ok(project.description.length > 10);
            assert.equal(project.template, undefined);
            assert.equal(project.config["machine-images:simulator"].value, "embedded");
            assert.match(project.backend.url, /^file:\/\/\.\/\.machine-images\?/);
            assert.equal(JSON.parse(place.read("shop", "package.json")).name, "My.Shop_1");
            assert.match(place.read("shop", "README.md"), /^# My\.Shop_1\n/);
            assert.match(place.read("shop", ".gitignore"), /^node_modules\/$/m);
            assert.match(place.read("shop", ".gitignore"), /^\.machine-images\/$/m);
        });
    }

    it("uses the defaults without a terminal: this folder, its name, and an environment of Alibaba Cloud", () => {
        const { status, stdout } = place.init();
        assert.equal(status, 0);
        assert.match(stdout, /^Project machine-images-init-\w+ from alibaba-environment: .*Pulumi\.yaml/);
        assert.doesNotMatch(stdout, / cd /);
        assert.ok(place.names().includes("environment.yaml"));
    });

    it("creates parent folders, and prints the next commands", () => {
        const { status, stdout } = place.init("a/b c", "--cloud", "huawei", "--typescript");
        assert.equal(status, 0);
        assert.equal(parse(place.read("a", "b c", "Pulumi.yaml")).name, "b-c");
        assert.match(place.read("a", "b c", "index.ts"), /FullEcsImage/);
        const steps = [...stdout.matchAll(/^ {2}(.*?)(?: {2,}.*)?$/gm)].map(([, step]) => step);
        assert.deepEqual(steps, [
            'cd "a/b c"',
            "npm install",
            "npx machine-images engine",
            "export PULUMI_CONFIG_PASSPHRASE=",
            "npx pulumi stack select --create dev",
            "npx pulumi up",
        ]);
    });

    it("quotes a project name that YAML would read as a number", () => {
        assert.equal(place.init("shop", "--name", "007").status, 0);
        assert.equal(parse(place.read("shop", "Pulumi.yaml")).name, "007");
    });

    it("refuses a folder that is not empty, and does not change it", () => {
        mkdirSync(place.path("shop"));
        writeFileSync(place.path("shop", "notes.txt"), "mine");
        const { status, stdout, stderr } = place.init("shop");
        assert.deepEqual({ status, stdout }, { status: 1, stdout: "" });
        assert.equal(
            stderr,
            "machine-images: shop is not empty (notes.txt): use a new folder, for example `machine-images init my-images`\n",
        );
        assert.deepEqual(place.names("shop"), ["notes.txt"]);
        assert.match(
            place.init("shop/notes.txt").stderr,
            /^machine-images: shop\/notes\.txt is a file: use a folder\n$/,
        );
        assert.equal(place.read("shop", "notes.txt"), "mine");
    });

    it("creates a project in a folder with .git, and overwrites no file", () => {
        mkdirSync(place.path(".git"));
        writeFileSync(place.path(".gitignore"), "mine");
        const { status, stderr } = place.init();
        assert.equal(status, 1);
        assert.match(stderr, /^machine-images: \.gitignore already exists: move it, or use a new folder\n$/);
        assert.deepEqual(place.names(), [".git", ".gitignore"]);
        assert.equal(place.read(".gitignore"), "mine");
        const fresh = new Place();
        try {
            mkdirSync(fresh.path(".git"));
            assert.equal(fresh.init().status, 0);
            assert.ok(fresh.names().includes("Pulumi.yaml"));
        } finally {
            fresh.remove();
        }
    });

    it("leaves no file if one cannot be written, and keeps a folder that existed before", () => {
        const files = [
            { name: "first", text: "" },
            { name: "no-such-folder/second", text: "" },
            { name: "third", text: "" },
        ];
        mkdirSync(place.path("there", ".git"), { recursive: true });
        for (const folder of ["there", "not-there/below"]) {
            assert.throws(
                () => writeProject(place.path(folder), files),
                /^UserError: no project was created in .*ENOENT/,
            );
        }
        assert.deepEqual(place.names(), ["there"]);
        assert.deepEqual(place.names("there"), [".git"]);
    });

    for (const [args, message] of [
        [
            ["--template", "aws"],
            /--template aws is not valid: use alibaba-environment or alibaba-typescript or huawei-/,
        ],
        [
            ["--template", "alibaba-typescript", "--typescript"],
            /--template cannot be combined with --cloud or --typescript/,
        ],
        [["--cloud", "aws"], /--cloud aws is not valid: use alibaba or huawei/],
        [["--name", "my shop"], /--name my shop: a project name contains only letters, digits, hyphens, underscores/],
        [["--name", "x".repeat(101)], /a project name has at most 100 characters/],
        [["--name", ""], /--name requires a PROJECT/],
        [["a", "b"], /unexpected argument b/],
        [["--tempalte", "x"], /init has no option --tempalte: did you mean --template\?/],
    ] as const) {
        it(`exits with 2 and creates nothing with ${args.join(" ").slice(0, 50)}`, () => {
            const { status, stdout, stderr } = place.init(...args);
            assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
            assert.match(stderr, message);
            assert.match(stderr, /^machine-images: .*\n$/);
            assert.deepEqual(place.names(), []);
        });
    }

    it("lists the templates, and creates nothing", () => {
        const { status, stdout } = place.init("--list");
        assert.equal(status, 0);
        assert.deepEqual(stdout.match(/^\S+(?= {2,}An image of )/gm), templateNames);
        assert.deepEqual(place.names(), []);
        assert.deepEqual(initCommand.options.template.choices, templateNames);
    });
});
