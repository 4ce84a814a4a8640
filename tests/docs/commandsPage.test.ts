import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { declarations } from "../../provider/dist/cli/declarations.js";
import { commandsPage } from "./commandsPage.ts";

const page = join(import.meta.dirname, "..", "..", "provider", "docs", "commands.md");

describe("the command line page", () => {
    it("contains the help of each command", () => {
        const text = commandsPage(declarations);
        if (process.env.UPDATE_DOCS) writeFileSync(page, text);
        assert.equal(readFileSync(page, "utf8"), text, "run with UPDATE_DOCS=1");
    });
});
