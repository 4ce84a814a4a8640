import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/** The files of cloud packages that a new process loads when it requires this module. */
function cloudPackagesAfter(specifier: string): string[] {
    const program = `
        require(${JSON.stringify(specifier)});
        const files = Object.keys(require.cache).filter((file) => /node_modules.@(alicloud|huaweicloud)/.test(file));
        console.log(JSON.stringify(files));
        process.exit(0);
    `;
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", program], { cwd: root, encoding: "utf8" });
    assert.equal(stderr, "");
    return JSON.parse(stdout);
}

describe("the signing core of each cloud", () => {
    it("is not loaded by the plugin before the first request", () => {
        assert.deepEqual(cloudPackagesAfter("pulumi-machine-images/handlers"), []);
    });

    it("is not loaded by a program", () => {
        assert.deepEqual(cloudPackagesAfter("pulumi-machine-images"), []);
    });
});
