import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentGraph } from "../../provider/dist/environment/graph.js";
import { environmentJsonSchema, type JsonSchema } from "../../provider/dist/environment/jsonSchema.js";
import { readEnvironment } from "../../provider/dist/environment/readEnvironment.js";
import { shop } from "../environment/files.ts";
import { environmentPage } from "./environmentPage.ts";

const page = join(import.meta.dirname, "..", "..", "provider", "docs", "environment.md");

describe("the environment files page", () => {
    it("matches the schema", () => {
        const { model } = readEnvironment("environment.yaml", shop);
        const text = environmentPage(environmentJsonSchema(), shop, model ? environmentGraph(model) : "");
        if (process.env.UPDATE_DOCS) writeFileSync(page, text);
        assert.equal(readFileSync(page, "utf8"), text, "run with UPDATE_DOCS=1");
    });

    it("describes every key", () => {
        assert.deepEqual(undescribed(environmentJsonSchema(), "file"), []);
    });
});

/** Keys without a description. A constant needs none. */
function undescribed(schema: JsonSchema, path: string): string[] {
    const parts = [schema.items, schema.additionalProperties, ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].flat(2);
    const own = Object.entries(schema.properties ?? {}).flatMap(([key, part]) => {
        if (typeof part !== "object") return [];
        const isUndescribed = part.description === undefined && part.const === undefined;
        return [...(isUndescribed ? [`${path}.${key}`] : []), ...undescribed(part, `${path}.${key}`)];
    });
    return [...own, ...parts.flatMap((part) => (typeof part === "object" ? undescribed(part, path) : []))];
}
