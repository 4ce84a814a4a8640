import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { findTerminal, pulumi, writeProgram } from "./commandLine.ts";
import { type EngineStack, engineStack } from "./stack.ts";

const program = `
import { alibaba, CustomImage } from "pulumi-machine-images";
new CustomImage("golden", {
    cloud: alibaba({ region: "cn-hangzhou" }),
    source: { server: "ace0706b2ac4454d984295a942130001" },
});
`;

describe("progress in a terminal, on the real engine", () => {
    const terminal = findTerminal();
    let world: EngineStack;
    before(async () => {
        world = await engineStack("terminal");
        writeProgram(world, program);
    });
    after(() => world.close());

    it("the image's row shows percent and remaining time during the creation, and neither of them at the end", async function () {
        if (!terminal) return this.skip();
        world.time.stop();
        const { sim } = world.simulator;
        const slow = setInterval(() => sim.advance(2000), 20);
        const up = pulumi(world, ["up", "--yes", "--skip-preview"], terminal);
        const code = await up.ended;
        clearInterval(slow);
        const shown = stripVTControlCharacters(up.output());
        assert.equal(code, 0, shown);
        assert.match(shown, /golden +creat\w+ \(\d+s\)\.* +taking a snapshot \d+% \(about \d+ s left\)/);
        assert.match(shown, /golden +creat\w+ \(\d+s\)\.* +creating the image \(about \d+ s left\)/);
        const last = shown.split(/[\r\n]+/).filter((line) => /golden +created/.test(line));
        assert.ok(last.length > 0 && last.every((line) => !/left|%/.test(line)), last.join("\n"));
    });
});
