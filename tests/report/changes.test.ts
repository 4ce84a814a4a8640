import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { changes, groups } from "./changes.ts";

const promises = join(import.meta.dirname, "..", "engine", "promises");

describe("the reported changes", () => {
    it("have unique names", () => {
        const names = changes.map(({ name }) => name);
        assert.deepEqual(names, [...new Set(names)]);
    });

    it("are all run on the real engine and compared with their reports", () => {
        const texts = readdirSync(promises).map((file) => readFileSync(join(promises, file), "utf8"));
        for (const group of Object.keys(groups)) {
            assert.ok(
                texts.some((text) => text.includes(`itKeepsPromisesOf(groups.${group},`)),
                `no test in tests/engine/promises makes the changes of ${group}`,
            );
        }
    });
});
