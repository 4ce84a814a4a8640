import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const limit = join(import.meta.dirname, "..", "..", "..", "provider", "dist", "simulator", "heapTuning.js");

/** Fills a process with live objects, as many concurrent requests do, and prints how far the space grew. */
const fill = `
    const space = () => require("node:v8").getHeapSpaceStatistics().find((s) => s.space_name === "new_space");
    const kept = [];
    for (let n = 0; n < 400_000; n++) kept.push([n, { n }]);
    // While V8 marks old objects, new ones may lie beyond the space's limit until the next collection.
    gc({ type: "minor" });
    gc({ type: "minor" });
    console.log(space().space_size / 2 ** 20);
`;

function grownTo(script: string): number {
    return Number(execFileSync(process.execPath, ["--expose-gc", "-e", script], { encoding: "utf8" }));
}

describe("the space of new objects in the command's process", () => {
    it("stays at two halves of 4 MiB, where V8 would let it grow", () => {
        assert.equal(grownTo(`require(${JSON.stringify(limit)});${fill}`), 8);
        assert.ok(grownTo(fill) > 8);
    });
});
