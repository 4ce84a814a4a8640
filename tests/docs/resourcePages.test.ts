import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readContracts } from "./contracts.ts";
import { resourcePage } from "./resourcePages.ts";

const folder = join(import.meta.dirname, "..", "..", "provider", "docs", "resources");

async function replaceOnOf(name: string): Promise<readonly string[]> {
    const variable = name.charAt(0).toLowerCase() + name.slice(1);
    const module = await import(`../../provider/dist/resources/${variable}.handler.js`);
    return module[variable].replaceOn;
}

describe("the page of every resource", function () {
    this.timeout(60_000);
    const contracts = readContracts();

    it("is there for each resource that a program can make", async () => {
        const handlers = Object.keys(await import("../../provider/dist/handlers.js"));
        const names = handlers.filter((name) => /^[A-Z]/.test(name));
        assert.deepEqual(contracts.map(({ name }) => name).sort(), names.sort());
    });

    for (const contract of contracts) {
        it(`of ${contract.name} is what its source says, and the source says everything`, async () => {
            for (const field of [...contract.inputs, ...contract.outputs]) {
                assert.notEqual(field.text, "", `${contract.name}.${field.name} has no comment`);
            }
            for (const part of ["text", "example", "deletion"] as const) {
                assert.notEqual(contract[part], "", `${contract.name} has no ${part}`);
            }
            const page = join(folder, `${contract.name}.md`);
            const text = resourcePage(contract, await replaceOnOf(contract.name));
            if (process.env.UPDATE_DOCS) {
                mkdirSync(folder, { recursive: true });
                writeFileSync(page, text);
            }
            assert.ok(existsSync(page), `${page} is missing: run with UPDATE_DOCS=1`);
            assert.equal(readFileSync(page, "utf8"), text, "run with UPDATE_DOCS=1");
        });
    }
});
