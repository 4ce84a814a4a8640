import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mostCharacters } from "../../provider/dist/report/render/markdown.js";
import { machineImages } from "../cli/commandLine.ts";
import { isClockMoved } from "../clock/movedClocks.ts";
import { largePreview } from "./largePreview.ts";

const count = isClockMoved ? 400 : 40_000;

describe(`a preview of ${count} steps`, () => {
    const { text, operations } = largePreview(count);
    let folder: string;
    let file: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "large-preview-"));
        file = join(folder, "preview.json");
        writeFileSync(file, text);
    });
    after(() => rmSync(folder, { recursive: true }));

    it("is reported with every step and fits into a comment", async function () {
        this.timeout(300_000);
        const json = join(folder, "report.json");
        const { code, stdout, stderr } = await machineImages(["report", "--input", file, "--json-file", json]);
        assert.equal(code, 0, stderr);
        assert.ok(stdout.length <= mostCharacters, `${stdout.length} characters`);
        const { totals } = JSON.parse(readFileSync(json, "utf8"));
        const times = (wanted: string) => operations.filter((op) => op === wanted).length;
        assert.deepEqual(totals, {
            create: times("create"),
            update: times("update"),
            replace: times("replace"),
            delete: times("delete"),
        });
    });
});
