import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readContracts } from "./contracts.ts";
import { type Replacement, resourcePage } from "./resourcePages.ts";

const folder = join(import.meta.dirname, "..", "..", "provider", "docs", "resources");

async function replaceOnOf(variable: string): Promise<readonly string[]> {
    const module = await import(`../../provider/dist/resources/${variable}.handler.js`);
    return module[variable].replaceOn;
}

/** CustomImage has one handler for each form of its arguments, in the order of the forms. */
async function replacementsOf(name: string): Promise<Replacement[]> {
    if (name !== "CustomImage") {
        return [{ cloud: "", inputs: await replaceOnOf(name.charAt(0).toLowerCase() + name.slice(1)) }];
    }
    return [
        { cloud: "Alibaba Cloud", inputs: await replaceOnOf("customImage") },
        { cloud: "Huawei Cloud", inputs: await replaceOnOf("systemImage") },
    ];
}

/** The names of classes and types in type texts. */
const namesIn = (types: string[]): string[] =>
    types.flatMap((type) => [...type.replace(/"[^"]*"/g, "").matchAll(/\b[A-Z]\w+/g)].map(([name]) => name));

describe("the resource page", function () {
    this.timeout(60_000);
    const contracts = readContracts();
    const index = readFileSync(join(import.meta.dirname, "..", "..", "provider", "index.ts"), "utf8");
    const exported = new Set<string>(index.match(/\b[A-Z]\w+/g));

    it("exists for each resource", async () => {
        const handlers = Object.keys(await import("../../provider/dist/handlers.js"));
        const names = handlers.filter((name) => /^[A-Z]/.test(name));
        assert.deepEqual(contracts.map(({ name }) => name).sort(), names.sort());
    });

    for (const contract of contracts) {
        it(`of ${contract.name} marks exactly the inputs whose change replaces the object`, async () => {
            const replacements = await replacementsOf(contract.name);
            for (const { name, texts = [] } of contract.inputs) {
                for (const [form, text] of texts.entries()) {
                    const inputs = replacements[replacements.length > 1 ? form : 0]?.inputs ?? [];
                    if (text === undefined) continue;
                    assert.equal(/changing it replaces the /i.test(text), inputs.includes(name), `${name}: ${text}`);
                }
            }
        });

        it(`of ${contract.name} contains only types that programs can import`, () => {
            const fields = contract.types.flatMap((type) => type.fields);
            const types = [...contract.inputs, ...contract.outputs, ...fields].map(({ type }) => type);
            const ofTypeScript = ["Record", "Readonly"];
            assert.deepEqual(
                namesIn(types).filter((name) => !exported.has(name) && !ofTypeScript.includes(name)),
                [],
            );
            assert.deepEqual(
                contract.types.filter(({ name }) => !exported.has(name)),
                [],
            );
        });

        it(`of ${contract.name} matches its source, which documents everything`, async () => {
            for (const field of [...contract.inputs, ...contract.outputs]) {
                assert.notEqual(field.text, "", `${contract.name}.${field.name} has no comment`);
            }
            for (const part of ["text", "example", "deletion"] as const) {
                assert.notEqual(contract[part], "", `${contract.name} has no ${part}`);
            }
            const page = join(folder, `${contract.name}.md`);
            const text = resourcePage(contract, await replacementsOf(contract.name));
            if (process.env.UPDATE_DOCS) {
                mkdirSync(folder, { recursive: true });
                writeFileSync(page, text);
            }
            assert.ok(existsSync(page), `${page} is missing: run with UPDATE_DOCS=1`);
            assert.equal(readFileSync(page, "utf8"), text, "run with UPDATE_DOCS=1");
        });
    }
});
