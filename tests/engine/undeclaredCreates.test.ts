import assert from "node:assert/strict";
import { pulumi, until, upUntil, writeProgram } from "./commandLine.ts";
import { type EngineStack, engineStack } from "./stack.ts";

const golden = 'new CustomImage("golden", { cloud, source: { server: "ace0706b2ac4454d984295a942130001" } });';
const second = (name: string) =>
    `new CustomImage("${name}", { cloud, source: { server: "ace0706b2ac4454d984295a942130002" } });`;

const program = (...lines: string[]) => `
import { alibaba, CustomImage } from "pulumi-machine-images";
const cloud = alibaba({ region: "cn-hangzhou" });
${lines.join("\n")}
`;

describe("an interrupted create of a resource that is not declared any more, on the real engine", () => {
    let world: EngineStack;
    before(async () => {
        world = await engineStack("undeclared");
    });
    after(() => world.close());

    async function done(verb: "up" | "destroy"): Promise<string> {
        const command = pulumi(world, [verb, "--yes", "--skip-preview"]);
        assert.equal(await command.ended, 0, command.output());
        return command.output();
    }

    it("is printed by an up that only creates, and deleted by a destroy", async () => {
        writeProgram(world, program(golden));
        await done("up");
        const before = world.left();

        writeProgram(world, program(golden, second("second")));
        const killed = await upUntil(world, "swas.CreateCustomImage");
        killed.child.kill("SIGKILL");
        await killed.ended;
        await until(() => world.plugins().length === 0);
        world.time.go();
        const orphans = world.left().filter((one) => !before.includes(one));
        assert.ok(orphans.some((one) => one.startsWith("alibaba.customImage ")));
        const cancel = pulumi(world, ["cancel", "--yes"]);
        assert.equal(await cancel.ended, 0, cancel.output());

        writeProgram(world, program(golden, second("renamed")));
        const output = await done("up");
        assert.match(output, /1 pending operations from previous deployment/);
        assert.match(output, /second, interrupted while creating/);
        assert.match(output, /is left over from an interrupted create of "second", which this run does not declare/);
        assert.ok(orphans.every((one) => world.left().includes(one)));

        await done("destroy");
        assert.deepEqual(world.left(), []);
    });
});
