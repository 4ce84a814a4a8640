import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { loadState, stateDump } from "../../provider/dist/simulator/core/stateDump.js";
import { type EngineStack, engineStack } from "./stack.ts";

const upgrades = join(import.meta.dirname, "upgrades");

/** The original program of a version. */
interface ProgramOfVersion {
    everyResource(written?: { tags: Record<string, string> }): PulumiFn;
}

for (const version of globSync("*/", { cwd: upgrades }).sort()) {
    describe(`a stack and clouds from version ${version}, on the real engine`, () => {
        const read = (name: string) => JSON.parse(readFileSync(join(upgrades, version, name), "utf8"));
        let world: EngineStack;
        let program: ProgramOfVersion;
        before(async () => {
            program = await import(join(upgrades, version, "program.ts"));
            world = await engineStack("upgrade");
            loadState(world.simulator.sim, stateDump.parse(read("clouds.json")));
            await world.stack.importStack(read("deployment.json"));
            world.use(program.everyResource());
        });
        after(() => world.close());

        it("up plans nothing and does nothing", async () => {
            const { operations } = await world.up();
            assert.ok(Object.keys(operations).length >= 8);
            assert.deepEqual(new Set(Object.values(operations)), new Set(["same"]));
            assert.deepEqual(world.changes(), []);
        });

        it("a refresh changes nothing", async () => {
            assert.deepEqual(Object.keys((await world.refresh()).summary), ["same"]);
        });

        it("a changed tag is an update, and then nothing is planned", async () => {
            world.use(program.everyResource({ tags: { team: "app" } }));
            const { operations } = await world.up();
            assert.deepEqual(new Set(Object.values(operations)), new Set(["same", "update"]));
            assert.ok(world.changes().every((change) => /Tag/.test(change)));
            assert.deepEqual(Object.keys((await world.up()).summary), ["same"]);
        });

        it("destroy leaves nothing behind", async () => {
            assert.ok(world.left().length > 0);
            await world.destroy();
            assert.deepEqual(world.left(), []);
        });
    });
}
