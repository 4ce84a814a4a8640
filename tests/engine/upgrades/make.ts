// Before a release, records a stack and clouds of the version in provider/package.json: `npm run build`, then
// `node tests/engine/upgrades/make.ts`. Writes a folder with the name of that version for
// tests/engine/upgrades.test.ts.
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
    // Source positions do not depend on the version, and differ between machines.
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
