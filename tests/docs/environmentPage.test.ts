import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentGraph } from "../../provider/dist/environment/graph.js";
import { environmentJsonSchema, type JsonSchema } from "../../provider/dist/environment/jsonSchema.js";
import { readEnvironment } from "../../provider/dist/environment/readEnvironment.js";
import { shop } from "../environment/files.ts";
import { environmentPage } from "./environmentPage.ts";

const page = join(import.meta.dirname, "..", "..", "provider", "docs", "environment.md");

describe("the page of environment files", () => {
    it("is what the schema says", () => {
        const { model } = readEnvironment("environment.yaml", shop);
        const text = environmentPage(environmentJsonSchema(), shop, model ? environmentGraph(model) : "");
        if (process.env.UPDATE_DOCS) writeFileSync(page, text);
        assert.equal(readFileSync(page, "utf8"), text, "run with UPDATE_DOCS=1");
    });

    it("has a meaning for every key", () => {
        assert.deepEqual(silent(environmentJsonSchema(), "file"), []);
    });
});

/** Keys without a description; what is fixed needs none. */
function silent(schema: JsonSchema, path: string): string[] {
    const parts = [schema.items, schema.additionalProperties, ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].flat(2);
    const own = Object.entries(schema.properties ?? {}).flatMap(([key, part]) => {
        if (typeof part !== "object") return [];
        const isSilent = part.description === undefined && part.const === undefined;
        return [...(isSilent ? [`${path}.${key}`] : []), ...silent(part, `${path}.${key}`)];
    });
    return [...own, ...parts.flatMap((part) => (typeof part === "object" ? silent(part, path) : []))];
}
