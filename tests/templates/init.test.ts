import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { initCommand } from "../../provider/dist/cli/commands/init.js";
import { writeProject } from "../../provider/dist/cli/writeProject.js";
import { Place, templateNames } from "./madeProjects.ts";

describe("machine-images init", function () {
    // Each call is a process.
    this.timeout(30_000);
    let place: Place;
    beforeEach(() => {
        place = new Place();
    });
    afterEach(() => place.remove());

    for (const template of templateNames) {
        it(`makes a project from ${template}, with no placeholder left and its state on this machine`, () => {
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

    it("takes the defaults where nobody can be asked: this folder, its name, and an environment of Alibaba Cloud", () => {
        const { status, stdout } = place.init();
        assert.equal(status, 0);
        assert.match(stdout, /^Project machine-images-init-\w+ from alibaba-environment: .*Pulumi\.yaml/);
        assert.doesNotMatch(stdout, / cd /);
        assert.ok(place.names().includes("environment.yaml"));
    });

    it("makes folders on the way, and says which commands come next", () => {
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

    it("keeps a project's name a text where YAML would read a number", () => {
        assert.equal(place.init("shop", "--name", "007").status, 0);
        assert.equal(parse(place.read("shop", "Pulumi.yaml")).name, "007");
    });

    it("refuses a folder that holds something, and leaves it as it is", () => {
        mkdirSync(place.path("shop"));
        writeFileSync(place.path("shop", "notes.txt"), "mine");
        const { status, stdout, stderr } = place.init("shop");
        assert.deepEqual({ status, stdout }, { status: 1, stdout: "" });
        assert.equal(
            stderr,
            "machine-images: shop is not empty (notes.txt): name a new folder, as in `machine-images init my-images`\n",
        );
        assert.deepEqual(place.names("shop"), ["notes.txt"]);
        assert.match(
            place.init("shop/notes.txt").stderr,
            /^machine-images: shop\/notes\.txt is a file: name a folder\n$/,
        );
        assert.equal(place.read("shop", "notes.txt"), "mine");
    });

    it("makes a project beside .git, and writes over no file that is there", () => {
        mkdirSync(place.path(".git"));
        writeFileSync(place.path(".gitignore"), "mine");
        const { status, stderr } = place.init();
        assert.equal(status, 1);
        assert.match(stderr, /^machine-images: \.gitignore is there already: move it away, or name a new folder\n$/);
        assert.deepEqual(place.names(), [".git", ".gitignore"]);
        assert.equal(place.read(".gitignore"), "mine");
        const made = new Place();
        try {
            mkdirSync(made.path(".git"));
            assert.equal(made.init().status, 0);
            assert.ok(made.names().includes("Pulumi.yaml"));
        } finally {
            made.remove();
        }
    });

    it("leaves nothing when a file in the middle cannot be written, and keeps the folder that was there", () => {
        const files = [
            { name: "first", text: "" },
            { name: "no-such-folder/second", text: "" },
            { name: "third", text: "" },
        ];
        mkdirSync(place.path("there", ".git"), { recursive: true });
        for (const folder of ["there", "not-there/below"]) {
            assert.throws(() => writeProject(place.path(folder), files), /^UserError: no project was made in .*ENOENT/);
        }
        assert.deepEqual(place.names(), ["there"]);
        assert.deepEqual(place.names("there"), [".git"]);
    });

    for (const [args, message] of [
        [
            ["--template", "aws"],
            /--template aws is not known: use alibaba-environment or alibaba-typescript or huawei-/,
        ],
        [["--template", "alibaba-typescript", "--typescript"], /--template says the cloud and the language/],
        [["--cloud", "aws"], /--cloud aws is not known: use alibaba or huawei/],
        [["--name", "my shop"], /--name my shop: a project's name has only letters, digits, hyphens, underscores/],
        [["--name", "x".repeat(101)], /a project's name has at most 100 characters/],
        [["--name", ""], /--name needs a PROJECT/],
        [["a", "b"], /init takes no b/],
        [["--tempalte", "x"], /init has no option --tempalte: did you mean --template\?/],
    ] as const) {
        it(`exits with 2 and makes nothing when it is called with ${args.join(" ").slice(0, 50)}`, () => {
            const { status, stdout, stderr } = place.init(...args);
            assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
            assert.match(stderr, message);
            assert.match(stderr, /^machine-images: .*\n$/);
            assert.deepEqual(place.names(), []);
        });
    }

    it("lists the templates, and makes nothing of it", () => {
        const { status, stdout } = place.init("--list");
        assert.equal(status, 0);
        assert.deepEqual(stdout.match(/^\S+(?= {2,}An image of )/gm), templateNames);
        assert.deepEqual(place.names(), []);
        assert.deepEqual(initCommand.options.template.choices, templateNames);
    });
});
