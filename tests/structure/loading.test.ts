import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/** The packages of the clouds that a new process has loaded after it required this. */
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

describe("what is loaded", () => {
    it("the plugin reads no cloud's signing core before a request needs it", () => {
        assert.deepEqual(cloudPackagesAfter("pulumi-machine-images/handlers"), []);
    });

    it("a program never reads one", () => {
        assert.deepEqual(cloudPackagesAfter("pulumi-machine-images"), []);
    });
});
