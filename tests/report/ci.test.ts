import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { type CommentsDouble, commentsDouble } from "./commentsDouble.ts";

const root = join(import.meta.dirname, "..", "..");
const fixtures = join(import.meta.dirname, "fixtures");
const yaml = (...path: string[]) => parse(readFileSync(join(root, ...path), "utf8"));

/** The script of each CI system, and the environment that the CI system sets. */
const flows = {
    "the GitHub Action": {
        script: (): string => yaml("action.yml").runs.steps[0].run,
        environment: (url: string, folder: string) => ({
            RUNNER_TEMP: folder,
            GITHUB_API_URL: url,
            GITHUB_REPOSITORY: "acme/shop",
            GITHUB_REF: "refs/pull/12/merge",
            GITHUB_TOKEN: "token",
            GITHUB_OUTPUT: join(folder, "outputs"),
            GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
        }),
    },
    "the GitLab job": {
        script: (): string =>
            yaml("provider", "docs", "ci", "gitlab-ci.yml")
                ["preview-report"].script.filter((line: string) => line !== "npm ci")
                .join("\n"),
        environment: (url: string) => ({
            CI_API_V4_URL: url,
            CI_PROJECT_ID: "7",
            CI_MERGE_REQUEST_IID: "12",
            GITLAB_TOKEN: "token",
        }),
    },
};

for (const [name, { script, environment }] of Object.entries(flows)) {
    describe(`${name}, with recorded previews of the engine`, function () {
        this.timeout(60_000);
        const folder = join(import.meta.dirname, "..", ".work", `ci-${name.replace(/\W/g, "")}-${process.pid}`);
        let double: CommentsDouble;
        let printed = "";
        before(async () => {
            double = await commentsDouble();
            mkdirSync(join(folder, "bin"), { recursive: true });
            symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
            writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }');
            // A replacement for the engine, which prints a recorded preview and exits with its code.
            writeFileSync(join(folder, "bin", "pulumi"), '#!/bin/sh\ncat previewed.json\nexit "$PREVIEW_CODE"\n');
            chmodSync(join(folder, "bin", "pulumi"), 0o755);
        });
        after(async () => {
            await double.close();
            rmSync(folder, { recursive: true, force: true });
        });

        function run(change: string, { previewCode = 0, policy = "" } = {}): Promise<number> {
            cpSync(join(fixtures, `${change}.json`), join(folder, "previewed.json"));
            const env = {
                ...process.env,
                ...environment(double.url, folder),
                PATH: [join(folder, "bin"), join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter),
                STACK: "dev",
                POLICY: policy,
                PREVIEW_CODE: String(previewCode),
            };
            return new Promise((resolve) => {
                execFile("bash", ["-e", "-o", "pipefail", "-c", script()], { cwd: folder, env }, (error, stdout) => {
                    printed = stdout;
                    resolve(Number(error?.code ?? 0));
                });
            });
        }

        it("writes one comment, updates it, clears it, and fails if the preview fails", async () => {
            assert.equal(await run("tag-edit"), 0);
            assert.match(double.comments[0]?.body ?? "", /2 to update/);
            assert.equal(await run("windows-without-san-policy", { previewCode: 255 }), 255);
            assert.match(double.comments[0]?.body ?? "", /The preview fails/);
            assert.equal(await run("nothing"), 0);
            assert.match(double.comments[0]?.body ?? "", /nothing changes any more/);
            assert.equal(double.comments.length, 1);
        });

        it("fails after the comment is written if the policy is broken, and at once if the policy cannot be read", async () => {
            const policy = "policy.yaml";
            writeFileSync(join(folder, policy), "apiVersion: machine-images/v1\npolicy: { maxWipedDisks: 0 }\n");
            assert.equal(await run("tag-edit", { policy }), 0);
            assert.equal(await run("wipe", { policy }), 3);
            assert.match(double.comments[0]?.body ?? "", /Against the policy\*\*: 1 disk is wiped/);
            const before = double.requests.length;
            assert.equal(await run("wipe", { policy: "none.yaml" }), 2);
            assert.equal(double.requests.length, before);
        });

        if (name !== "the GitHub Action") return;

        it("sets its outputs, and writes the job summary and the annotations", async () => {
            for (const file of ["outputs", "summary.md"]) writeFileSync(join(folder, file), "");
            writeFileSync(join(folder, "policy.yaml"), "apiVersion: machine-images/v1\npolicy: { maxWipedDisks: 0 }\n");
            assert.equal(await run("wipe", { policy: "policy.yaml" }), 3);
            const outputs = Object.fromEntries(
                readFileSync(join(folder, "outputs"), "utf8")
                    .trim()
                    .split("\n")
                    .map((line) => line.split("=")),
            );
            assert.deepEqual(outputs, {
                verdict: "erases",
                policy: "broken",
                "affected-servers": "1",
                "wiped-disks": "1",
                "report-path": join(folder, "report.md"),
                "json-path": join(folder, "report.json"),
            });
            assert.equal(
                readFileSync(join(folder, "summary.md"), "utf8"),
                readFileSync(outputs["report-path"], "utf8"),
            );
            assert.match(printed, /^::error title=dev::1 disk is wiped/m);
            assert.match(printed, /^::warning title=dev::/m);
        });

        it("declares each output that it sets", () => {
            const { outputs } = yaml("action.yml");
            const set = [...script().matchAll(/echo "([a-z-]+)=/g)].map(([, output]) => output);
            assert.deepEqual(set, Object.keys(outputs));
        });
    });
}
