// Keeps what the version of provider/package.json leaves behind, before it is released: `npm run build`, then
// `node tests/engine/upgrades/make.ts`. Writes the folder of that version, which tests/engine/upgrades.test.ts reads.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { engineEnv, ensureEngine } from "../../../provider/dist/engine/index.js";
import { dumpState } from "../../../provider/dist/simulator/core/stateDump.js";
import { everyResource } from "../everyResource.ts";
import { engineStack } from "../stack.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const { version } = JSON.parse(readFileSync(join(root, "provider", "package.json"), "utf8"));
const folder = join(import.meta.dirname, version);

const { home } = await ensureEngine({ log: (line) => console.error(line) });
Object.assign(process.env, engineEnv(process.env, home));
const world = await engineStack("upgrade-fixture");
try {
    world.use(everyResource());
    await world.up();
    mkdirSync(folder, { recursive: true });
    // Where the program's lines were says nothing about the version, and differs from machine to machine.
    const lean = (key: string, value: unknown) =>
        key === "sourcePosition" || key === "stackTrace" ? undefined : value;
    const write = (name: string, content: unknown) =>
        writeFileSync(join(folder, name), `${JSON.stringify(content, lean, 2)}\n`);
    write("deployment.json", await world.stack.exportStack());
    write("clouds.json", dumpState(world.simulator.sim.database));
    copyFileSync(join(import.meta.dirname, "..", "everyResource.ts"), join(folder, "program.ts"));
    console.log(`wrote ${folder}`);
} finally {
    await world.close();
}
