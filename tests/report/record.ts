// Records the real engine's preview of each change in fixtures/: `node tests/report/record.ts [change ...]`.
import { mkdirSync } from "node:fs";
import { engineEnv, ensureEngine } from "../../provider/dist/engine/index.js";
import { engineStack } from "../engine/stack.ts";
import { changes } from "./changes.ts";
import { previewJson } from "./previewJson.ts";
import { folder, record } from "./recorded.ts";
import { prepare } from "./surroundings.ts";

mkdirSync(folder, { recursive: true });
const { home } = await ensureEngine({ log: (line) => console.error(line) });
Object.assign(process.env, engineEnv(process.env, home));

const wanted = process.argv.slice(2);
const world = await engineStack("record");
try {
    for (const change of changes.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
        const digest: object = JSON.parse(await previewJson(world, change, await prepare(world, change)));
        record(change, withoutRun(digest));
        console.log(change.name);
    }
} finally {
    await world.close();
}

/** Removes what differs between runs and machines. */
function withoutRun(digest: object): object {
    const text = JSON.stringify(digest, (key, value) =>
        key === "duration" || key === "sourcePosition" || key === "created" || key === "modified" ? undefined : value,
    );
    return JSON.parse(text.replace(/http:\/\/127\.0\.0\.1:\d+/g, "http://127.0.0.1:1"));
}
