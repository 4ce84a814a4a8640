import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { movedClocks, withClockMoved } from "./movedClocks.ts";

const hourMs = 3_600_000;

describe("a test with a moved clock", () => {
    const { MACHINE_IMAGES_TEST_CLOCK_SHIFT: _moved, NODE_OPTIONS: _options, ...plain } = process.env;
    const printed = (command: string, args: string[], env: NodeJS.ProcessEnv) =>
        execFileSync(command, args, { env, encoding: "utf8" }).trim();
    const readings = `[Date.now(), new Date().getTime(), Date.parse(Date()), Date.now(), new Date(7).getTime()]`;
    const node = `
        const { execFileSync } = require("node:child_process");
        const own = ${readings};
        const child = JSON.parse(execFileSync(process.execPath, ["-p", 'JSON.stringify(${readings})'], { encoding: "utf8" }));
        console.log(JSON.stringify({ own, child, isDate: new Date() instanceof Date }));
    `;
    const python = "import datetime, time; print(time.time(), datetime.datetime.now().timestamp())";

    for (const [name, shift] of Object.entries(movedClocks)) {
        it(`is in effect in every process and its child processes, ${name}`, () => {
            const ms = shift();
            const wanted = Number(printed(process.execPath, ["-p", "Date.now()"], plain)) + ms;
            const env = withClockMoved(plain, ms);
            const { own, child, isDate } = JSON.parse(printed(process.execPath, ["-e", node], env));
            const all = [...own.slice(0, 4), ...child.slice(0, 4)];
            all.push(
                ...printed("python3", ["-c", python], env)
                    .split(" ")
                    .map((text) => Number(text) * 1000),
            );
            for (const seen of all) assert.ok(Math.abs(seen - wanted) < hourMs, `${new Date(seen)}`);
            assert.deepEqual([own[4], child[4], isDate], [7, 7, true]);
        });
    }
});
