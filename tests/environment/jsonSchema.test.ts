import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentJsonSchema } from "../../provider/dist/environment/jsonSchema.js";

const file = join(import.meta.dirname, "..", "..", "provider", "environment.schema.json");

describe("the JSON Schema of environment files", () => {
    it("is up to date in the package", () => {
        const text = `${JSON.stringify(environmentJsonSchema(), undefined, 2)}\n`;
        if (process.env.UPDATE_DOCS) writeFileSync(file, text);
        assert.equal(readFileSync(file, "utf8"), text, "run with UPDATE_DOCS=1");
    });

    it("lists every key of a kind, and accepts a parameter in place of a number", () => {
        const text = JSON.stringify(environmentJsonSchema());
        assert.doesNotMatch(text, /isOutput|isReference/);
        const { servers } = environmentJsonSchema().properties ?? {};
        const kinds = typeof servers === "object" ? servers.additionalProperties : undefined;
        const [simple] = (typeof kinds === "object" && kinds.oneOf) || [];
        const { count, plan } = (typeof simple === "object" && simple.properties) || {};
        assert.deepEqual(
            typeof plan === "object" && plan.description,
            "Plan id from ListPlans. A change replaces the server.",
        );
        const forms = typeof count === "object" ? count.anyOf : [];
        assert.deepEqual(
            forms?.map((form) => typeof form === "object" && form.type),
            ["integer", "string"],
        );
    });
});
