import assert from "node:assert/strict";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Installed, installed } from "../packaging/installed.ts";
import { copiesOf, documented, UserProgram } from "./userProject.ts";

/** Both ends of the peer range in provider/package.json: the oldest version, and the newest at the time of writing. */
const sdkVersions = ["3.150.0", "3.276.0"] as const;

const typescript = ["typescript@5.9", "@types/node@24"];
const image = /^alibaba\.customImage m-/;

/** Asserts that the clouds held an image while the stack was deployed, and hold nothing of it now. */
function assertLife({ up, after }: { up: string[]; after: string[] }): void {
    assert.equal(up.filter((held) => image.test(held)).length, 1, up.join("\n"));
    assert.deepEqual(after, []);
}

for (const version of sdkVersions) {
    describe(`a project with @pulumi/pulumi ${version} and the package as npm installs it`, () => {
        let user: Installed;
        before(() => {
            user = installed(`@pulumi/pulumi@${version}`, ...typescript);
        });
        after(() => user.remove());

        const program = (name: string, main: string, files: Record<string, string>) =>
            new UserProgram(join(user.folder, name), main, files);

        it("has one copy of the SDK and of gRPC, and no unwanted launcher", () => {
            for (const name of ["@pulumi/pulumi", "@grpc/grpc-js"]) {
                assert.equal(copiesOf(user.folder, name).length, 1, name);
            }
            assert.ok(!existsSync(join(user.folder, "node_modules", "pulumi")));
        });

        it("gets types that accept correct programs and refuse incorrect ones", () => {
            const files = ["programs.ts"];
            const compilerOptions = {
                ...JSON.parse(documented("tsconfig.json")).compilerOptions,
                noEmit: true,
                noUncheckedSideEffectImports: true,
            };
            const types = program("types", "programs.ts", {
                "tsconfig.json": JSON.stringify({ compilerOptions, files }),
            });
            types.copy("tests", "structure", "programs.ts");
            assert.equal(types.run("npx", "--no-install", "tsc", "-p", "."), "");
        });

        it("runs unit tests with mocks", () => {
            const tests = program("mocks", "index.js", { "images.test.mjs": documented("images.test.mjs") });
            assert.match(tests.run(process.execPath, "--test", "--test-reporter=tap"), /^# pass 1$/m);
        });

        it("deploys a TypeScript program, then changes nothing, and deletes everything", () => {
            const compilerOptions = { module: "nodenext", moduleResolution: "nodenext", types: ["node"], strict: true };
            const files = {
                "index.ts": documented("index.mjs"),
                "tsconfig.json": JSON.stringify({ compilerOptions, files: ["index.ts"] }),
            };
            assertLife(program("typescript", "index.ts", files).live({ preview: true }));
        });

        // The following tests are slow and do not depend on the SDK, so they run once.
        if (version !== sdkVersions[1]) return;

        it("deploys an ECMAScript module", () => {
            assertLife(program("module", "index.mjs", { "index.mjs": documented("index.mjs") }).live());
        });

        it("deploys a TypeScript program that is compiled to an ECMAScript module", () => {
            const files = {
                "index.ts": documented("index.mjs"),
                "package.json": '{ "type": "module" }',
                "tsconfig.json": documented("tsconfig.json"),
            };
            const compiled = program("compiled", "dist/index.js", files);
            compiled.run("npx", "--no-install", "tsc");
            assertLife(compiled.live());
        });

        it("deploys an inline program of the Automation API, started from any folder", () => {
            const deploy = program("automation", "deploy.mjs", { "deploy.mjs": documented("deploy.mjs") });
            const script = join(deploy.folder, "deploy.mjs");
            assert.match(deploy.run("sh", "-c", `cd / && "${process.execPath}" "${script}"`), /^m-bp\w+$/m);
            assert.deepEqual(deploy.held(), []);
        });

        it("fails with one line if Node.js is too old", () => {
            const old = program("old", "index.mjs", { "index.mjs": documented("index.mjs") });
            const preload = join(old.folder, "old.cjs");
            writeFileSync(preload, 'Object.defineProperty(process.versions, "node", { value: "22.12.0" });');
            old.run("pulumi", "stack", "select", "--create", "dev", "--non-interactive");
            const output = old.failingUp({ NODE_OPTIONS: `--require=${preload}` });
            const [, said] = /\nDiagnostics:\n.*?\n((?: {4}.*\n)+)/.exec(output) ?? [];
            assert.match(
                said ?? output,
                /^ {4}error: pulumi-machine-images needs Node\.js 22\.13 or newer, and \S+ is 22\.12\.0: .*\n$/,
            );
        });
    });
}

describe("a pnpm workspace whose shared package creates the image", () => {
    let user: Installed;
    before(() => {
        user = installed("pnpm@10");
    });
    after(() => user.remove());

    it("deploys a program with strict node_modules", () => {
        const workspace = join(user.folder, "workspace");
        const packages = (name: string) => join(workspace, "packages", name);
        mkdirSync(packages("shared"), { recursive: true });
        renameSync(join(user.folder, user.packed), join(workspace, user.packed));
        const own = { "@pulumi/pulumi": "3.259.0", "pulumi-machine-images": `file:../../${user.packed}` };
        writeFileSync(join(workspace, "package.json"), '{ "name": "workspace", "private": true }');
        writeFileSync(join(workspace, "pnpm-workspace.yaml"), "packages: ['packages/*']\n");
        const anyVersion = Object.fromEntries(Object.keys(own).map((name) => [name, "*"]));
        const shared = { name: "shared", exports: "./index.mjs", peerDependencies: anyVersion, devDependencies: own };
        writeFileSync(join(packages("shared"), "package.json"), JSON.stringify(shared));
        writeFileSync(join(packages("shared"), "index.mjs"), documented("index.mjs"));
        const infra = { name: "infra", dependencies: { ...own, shared: "workspace:*" } };
        const program = new UserProgram(packages("infra"), "index.mjs", {
            "package.json": JSON.stringify(infra),
            "index.mjs": 'export { image } from "shared";\n',
        });
        const pnpm = join(user.folder, "node_modules", "pnpm", "bin", "pnpm.cjs");
        const store = join(user.folder, "store");
        program.run(process.execPath, pnpm, "install", "--ignore-scripts", "--prefer-offline", "--store-dir", store);
        assert.ok(!existsSync(join(workspace, "node_modules", "pulumi-machine-images")), "nothing is hoisted");
        assertLife(program.live());
    });
});
