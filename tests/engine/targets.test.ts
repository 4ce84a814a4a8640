import assert from "node:assert/strict";
import { alibaba, CustomImage, EcsInstance, ImageShare } from "pulumi-machine-images";
import { assertInOrder } from "./order.ts";
import { type EngineStack, engineStack } from "./stack.ts";

const hangzhou = alibaba({ region: "cn-hangzhou" });

const story =
    (description?: string): (() => Promise<void>) =>
    async () => {
        const image = new CustomImage("golden", {
            cloud: hangzhou,
            source: { server: "ace0706b2ac4454d984295a942130001" },
            description,
        });
        const share = new ImageShare("to-ecs", { cloud: hangzhou, image, with: "ecs" });
        new EcsInstance("api", {
            cloud: hangzhou,
            image: share,
            instanceType: "ecs.g7.large",
            securityGroup: "sg-1",
            vSwitch: "vsw-1",
        });
    };

describe("runs with --target, on the real engine", () => {
    let world: EngineStack;
    const images = () => world.left().filter((held) => held.startsWith("alibaba.customImage "));
    before(async () => {
        world = await engineStack("targets");
        world.use(story());
        await world.up();
        world.changes();
    });
    after(() => world.close());

    it("a replaced image stays while the untargeted share and server use it, and the error names them", async () => {
        world.use(story("second"));
        await assert.rejects(world.up(["golden"]), /still used by instance .*still shared with ECS/);
        assert.ok(!world.changes().includes("swas.DeleteCustomImage"));
        assert.equal(images().length, 2, "the old image and the new one");
    });

    it("the next complete up replaces them, and then deletes the old image", async () => {
        await world.up();
        const changes = world.changes();
        assertInOrder(changes, "swas.ModifyImageShareStatus", "ecs.RunInstances", "ecs.DeleteInstance");
        const afterwards = changes.slice(changes.indexOf("ecs.DeleteInstance"));
        assertInOrder(afterwards, "swas.ModifyImageShareStatus", "swas.DeleteCustomImage");
        assert.equal(images().length, 1);
    });

    it("destroy of only the image is refused before anything is changed", async () => {
        await assert.rejects(world.destroy(["golden"]), /to-ecs/);
        assert.deepEqual(world.changes(), []);
    });

    it("destroy of only the server leaves the rest, which is then deleted in order", async () => {
        await world.destroy(["api"]);
        assert.deepEqual(world.changes(), ["ecs.DeleteInstance"]);
        await world.destroy();
        assertInOrder(world.changes(), "swas.ModifyImageShareStatus", "swas.DeleteCustomImage", "swas.DeleteSnapshot");
        assert.deepEqual(world.left(), []);
    });
});
