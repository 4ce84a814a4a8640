import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { leftIn } from "../../examples/simulatedClouds.mts";
import { exampleChanges } from "./exampleChanges.ts";
import { commandsOf, type Life, liveThrough } from "./typedExample.ts";

const folder = join(import.meta.dirname, "..", "..", "examples");
const examples = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
    .map(({ name }) => name);

describe("the commands in the README of example", function () {
    this.timeout(600_000);
    // Two at a time, because most of the time is spent on starting processes.
    const waiting = [...examples];
    const lives = new Map<string, PromiseWithResolvers<Life>>(
        examples.map((name) => [name, Promise.withResolvers<Life>()]),
    );
    before(() => {
        for (const { promise } of lives.values()) promise.catch(() => {});
        const work = async (): Promise<void> => {
            const name = waiting.shift();
            if (name === undefined) return;
            await liveThrough(name).then(lives.get(name)?.resolve, lives.get(name)?.reject);
            return work();
        };
        void work();
        void work();
    });

    for (const name of examples) {
        it(`${name}: they deploy it, preview and report a change, apply it and destroy it`, async () => {
            const life = await lives.get(name)?.promise;
            assert.ok(life);
            for (const { line, status, output } of life.commands) assert.equal(status, 0, `${line}\n${output}`);
            for (const deed of ["pulumi up", "machine-images report", "pulumi destroy"]) {
                assert.ok(
                    commandsOf(name).some((line) => line.includes(deed)),
                    `the README has no ${deed}`,
                );
            }
            const change = exampleChanges[name];
            assert.ok(change, `tests/engine/exampleChanges.ts has no expected changes of ${name}`);
            change(life);
            assert.deepEqual(leftIn(life.held.at(-1) ?? new Map()), []);
        });
    }
});
