import assert from "node:assert/strict";
import { alibaba, CustomImage, ImageShare, SystemDiskReplacement } from "pulumi-machine-images";
import { type EngineStack, engineStack } from "./stack.ts";

const hangzhou = alibaba({ region: "cn-hangzhou" });
const server = "ace0706b2ac4454d984295a942130003";
const partner = "1000000000000002";

/** An image that is shared with a partner and installed on a server's system disk. */
const story = (description: string) => async (): Promise<void> => {
    const source = { server: "ace0706b2ac4454d984295a942130001" };
    const onDelete = { ifInUse: "retain" } as const;
    const image = new CustomImage("golden", { cloud: hangzhou, source, description, onDelete });
    new ImageShare("to-partner", { cloud: hangzhou, image, with: { accounts: [partner] } });
    new SystemDiskReplacement("system", { cloud: hangzhou, server, image, confirmWipe: true });
};

describe("a share with an account and a wiped system disk, on the real engine", () => {
    let world: EngineStack;
    before(async () => {
        world = await engineStack("system-disks");
        world.use(story("first edition"));
    });
    after(() => world.close());

    const wipes = () => world.changes().filter((action) => action === "swas.ResetSystem").length;

    it("preview names the disk that would be erased, and erases nothing", async () => {
        const { output } = await world.preview();
        assert.match(output, /warning: up erases the system disk d-bp\w+ \(40 GiB\) of server ace0706b/);
        assert.deepEqual(world.changes(), []);
    });

    it("up shares and wipes once, and a second up and a refresh change nothing", async () => {
        await world.up();
        assert.equal(wipes(), 1);
        assert.deepEqual(Object.keys((await world.up()).summary), ["same"]);
        assert.deepEqual(Object.keys((await world.refresh()).summary), ["same"]);
        assert.deepEqual(world.changes(), []);
    });

    it("a new image replaces the share and updates the disk in place, which is wiped once although the plugin was killed", async () => {
        world.use(story("second edition"));
        const { stdout } = await world.stack.preview({ program: story("second edition"), diff: true });
        assert.match(
            stdout,
            /~ erases\s*: "system disk d-bp\w+ \(40 GiB\) .*created from image \w+" => "system disk d-bp/,
        );
        const { operations, output } = await world.preview();
        assert.deepEqual(operations, { golden: "replace", "to-partner": "replace", system: "update" });
        assert.match(output, /warning: up erases the system disk/);
        const killed = world.killPluginAfter("swas.ResetSystem").then(() => world.time.stop());
        await assert.rejects(world.up(), /EOF|connection|transport/i);
        await killed;
        world.time.go();
        await world.up();
        assert.equal(wipes(), 1);
    });

    it("destroy leaves the server and its image unchanged", async () => {
        const { output } = await world.destroy();
        assert.match(output, /is kept, because it is still used by server ace0706b2ac4454d984295a942130003/);
        assert.deepEqual(
            world
                .left()
                .map((held) => held.split(" ")[0])
                .sort(),
            ["alibaba.customImage", "alibaba.snapshot"],
        );
    });
});
