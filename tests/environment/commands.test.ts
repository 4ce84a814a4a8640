import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changed, shop } from "./files.ts";

const provider = join(import.meta.dirname, "..", "..", "provider");

describe("the commands for environment files", () => {
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "machine-images-validate-"));
        writeFileSync(join(folder, "good.yaml"), shop);
        writeFileSync(join(folder, "bad.yaml"), changed("copies: [", "copys: ["));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    function run(...args: string[]) {
        const { status, stdout, stderr } = spawnSync(
            process.execPath,
            [join(provider, "bin", "machine-images.js"), ...args],
            { cwd: folder, encoding: "utf8" },
        );
        return { status, stdout, stderr };
    }
    const misspelt = 'images.golden has no key "copys": did you mean "copies"?';
    const noCopy =
        "servers.edge: golden cannot be used there: it has no copy in cn-shanghai: add cn-shanghai to images.golden.copies";

    it("validate prints nothing for a valid file, and exits with 0", () => {
        assert.deepEqual(run("validate", "good.yaml"), { status: 0, stdout: "", stderr: "" });
    });

    it("validate prints every problem of every file, and exits with 1", () => {
        assert.deepEqual(run("validate", "good.yaml", "bad.yaml"), {
            status: 1,
            stdout: `bad.yaml:16:5: ${misspelt}\nbad.yaml:47:13: ${noCopy}\n`,
            stderr: "",
        });
    });

    it("validate prints the same problems as JSON", () => {
        const { status, stdout } = run("validate", "bad.yaml", "--json");
        assert.equal(status, 1);
        assert.deepEqual(JSON.parse(stdout), [
            { file: "bad.yaml", line: 16, column: 5, path: "images.golden.copys", message: misspelt },
            { file: "bad.yaml", line: 47, column: 13, path: "servers.edge.region", message: noCopy },
        ]);
        assert.deepEqual(JSON.parse(run("validate", "good.yaml", "--json").stdout), []);
    });

    it("validate converts values from the command line to the types that the file declares", () => {
        const withValues = (...values: string[]) =>
            run("validate", "good.yaml", ...values.flatMap((value) => ["--parameter", value]));
        assert.deepEqual(withValues("stage=prod", "web-count=3"), { status: 0, stdout: "", stderr: "" });
        assert.deepEqual(withValues("stage=test", "web-count=three", "golden-server=x=y", "web-cout=1"), {
            status: 1,
            stdout: [
                'good.yaml:2:1: the file has no parameter "web-cout": did you mean "web-count"?',
                'good.yaml:3:3: the value of parameter golden-server must match ace[0-9a-f]+, not "x=y"',
                'good.yaml:4:3: the value of parameter stage must be "dev" or "prod", not "test"',
                'good.yaml:5:3: the value of parameter web-count must be a whole number, not "three"',
                "",
            ].join("\n"),
            stderr: "",
        });
        assert.match(
            withValues("web-count=60").stdout,
            /servers\.web: the file declares 60 Simple Application Servers/,
        );
    });

    it("validate requires all values if one is given", () => {
        const text = changed("web-count: { type: integer, default: 2 }", "web-count: { type: integer }");
        writeFileSync(join(folder, "open.yaml"), text.replace("stage: {", "isNew: { type: boolean }\n  stage: {"));
        assert.equal(run("validate", "open.yaml").status, 0);
        assert.deepEqual(run("validate", "open.yaml", "--parameter", "isNew=true"), {
            status: 1,
            stdout: "open.yaml:6:3: parameter web-count has no default: set a value\n",
            stderr: "",
        });
    });

    for (const [args, said] of [
        [["good.yaml", "--parameter", "stage"], "--parameter stage is not NAME=VALUE: "],
        [["good.yaml", "--parameter", "=prod"], "--parameter =prod is not NAME=VALUE: "],
        [["good.yaml", "--parameter", "stage=dev", "--parameter", "stage=prod"], "parameter stage is given twice: "],
        [[], "FILE is required: "],
        [["none.yaml"], "none.yaml cannot be read: "],
        [["good.yaml", "--jsn"], "validate has no option --jsn: did you mean --json?"],
    ] as const) {
        it(`validate exits with 2 and prints one line for "${args.join(" ")}"`, () => {
            const { status, stdout, stderr } = run("validate", ...args);
            assert.deepEqual([status, stdout, stderr.trimEnd().split("\n").length], [2, "", 1]);
            assert.ok(stderr.startsWith(`machine-images: ${said}`), stderr);
        });
    }

    it("schema prints the file in the package", () => {
        const { status, stdout } = run("schema");
        assert.equal(status, 0);
        assert.equal(stdout, readFileSync(join(provider, "environment.schema.json"), "utf8"));
        assert.equal(run("schema", "now").status, 2);
    });

    it("graph draws every object, and an arrow from the image, copy or share that a server uses", () => {
        const { status, stdout } = run("graph", "good.yaml");
        assert.equal(status, 0);
        const lines = stdout.split("\n").map((line) => line.trim());
        assert.equal(lines[0], "flowchart LR");
        for (const line of [
            'image_golden["golden<br/>CustomImage<br/>cn-hangzhou<br/>version 1.4.0"]',
            "image_golden --> copy_golden__cn_shanghai",
            "share_golden__ecs --> image_base",
            'server_web[["web<br/>SimpleServer<br/>cn-hangzhou<br/>count: 2"]]',
            'image_golden -- "reset-system" --> server_web',
            'copy_golden__cn_shanghai -- "replace" --> server_edge',
            'share_golden__ecs -- "replace" --> server_api',
            'share_erp__partner -- "replace" --> server_erp_clone',
        ]) {
            assert.ok(lines.includes(line), `${line} is missing in\n${stdout}`);
        }
    });

    it("graph draws the file with the given values", () => {
        const { stdout } = run("graph", "good.yaml", "--parameter", "web-count=5");
        assert.match(stdout, /SimpleServer<br\/>cn-hangzhou<br\/>count: 5/);
    });

    it("graph draws nothing for a file with problems, and prints them", () => {
        const { status, stdout, stderr } = run("graph", "bad.yaml");
        assert.deepEqual([status, stdout], [1, ""]);
        assert.equal(stderr, `bad.yaml:16:5: ${misspelt}\nbad.yaml:47:13: ${noCopy}\n`);
    });
});
