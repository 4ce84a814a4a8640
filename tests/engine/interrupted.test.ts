import assert from "node:assert/strict";
import { pulumi, until, upUntil, writeProgram } from "./commandLine.ts";
import { type EngineStack, engineStack } from "./stack.ts";

const program = `
import { alibaba, CustomImage } from "pulumi-machine-images";
new CustomImage("golden", {
    cloud: alibaba({ region: "cn-hangzhou" }),
    source: { server: "ace0706b2ac4454d984295a942130001" },
});
`;

const up = ["up", "--yes", "--skip-preview"];

describe("Ctrl-C and kills during the creation of an image, on the real engine", () => {
    let world: EngineStack;
    before(async () => {
        world = await engineStack("ctrl-c");
        writeProgram(world, program);
    });
    after(() => world.close());

    const created = () => world.left().filter((held) => /customImage |snapshot /.test(held));

    /** Asserts that the next up resumes the existing objects, and that the state holds all of them. */
    async function assertNextUpContinues(): Promise<void> {
        world.time.go();
        const next = pulumi(world, up);
        assert.equal(await next.ended, 0, next.output());
        assert.equal(created().length, 2, "one image and its snapshot");
        const destroy = pulumi(world, ["destroy", "--yes", "--skip-preview"]);
        assert.equal(await destroy.ended, 0, destroy.output());
        assert.deepEqual(world.left(), []);
    }

    it("Ctrl-C once: the engine waits for the image, and the state holds it", async () => {
        const command = await upUntil(world, "swas.CreateCustomImage");
        command.signal("SIGINT");
        await until(() => /cancel/i.test(command.output()));
        assert.equal(command.child.exitCode, null, "it waits");
        world.time.go();
        assert.notEqual(await command.ended, 0);
        const [urn] = await world.urns("CustomImage");
        assert.match(String(urn), /golden/);
        assert.equal(created().length, 2);
        await assertNextUpContinues();
    });

    it("Ctrl-C twice: the engine and its plugin end at once, and the next up resumes", async () => {
        const command = await upUntil(world, "swas.CreateCustomImage");
        command.signal("SIGINT");
        await until(() => /cancel/i.test(command.output()));
        command.signal("SIGINT");
        await command.ended;
        await until(() => world.plugins().length === 0);
        assert.deepEqual(await world.urns("CustomImage"), []);
        await assertNextUpContinues();
    });

    for (const action of ["swas.CreateSnapshot", "swas.CreateCustomImage"]) {
        it(`the engine killed directly after ${action}: its plugin ends, and the next up resumes`, async () => {
            const command = await upUntil(world, action);
            command.child.kill("SIGKILL");
            await command.ended;
            await until(() => world.plugins().length === 0);
            const before = world.calls().length;
            world.time.go();
            await new Promise((resolve) => setTimeout(resolve, 100));
            const asked = world
                .calls()
                .slice(before)
                .filter(({ action }) => !action.startsWith("job."));
            assert.deepEqual(asked, [], "nobody asks the cloud for anything any more");
            const cancel = pulumi(world, ["cancel", "--yes"]);
            assert.equal(await cancel.ended, 0, cancel.output());
            await assertNextUpContinues();
        });
    }
});
