import assert from "node:assert/strict";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentGraph } from "../../provider/dist/environment/graph.js";
import { readEnvironment } from "../../provider/dist/environment/readEnvironment.js";

const examples = join(import.meta.dirname, "..", "..", "examples");
const diagram = /^```mermaid\n[^`]*```$/m;

describe("the diagram in the README of", () => {
    for (const file of globSync("*/environment.yaml", { cwd: examples })) {
        it(`${file} matches the file`, () => {
            const { model, problems } = readEnvironment(file, readFileSync(join(examples, file), "utf8"));
            assert.deepEqual(problems, []);
            assert.ok(model);
            const readme = join(examples, file, "..", "README.md");
            const text = readFileSync(readme, "utf8");
            assert.match(text, diagram);
            const drawn = text.replace(diagram, () => `\`\`\`mermaid\n${environmentGraph(model)}\`\`\``);
            if (process.env.UPDATE_DOCS) writeFileSync(readme, drawn);
            assert.equal(readFileSync(readme, "utf8"), drawn, "run with UPDATE_DOCS=1");
        });
    }
});
