import assert from "node:assert/strict";
import { alibaba, CustomImage, EcsImage, EcsInstance, ImageShare } from "pulumi-machine-images";
import { assertInOrder } from "./order.ts";
import { type EngineStack, engineStack } from "./stack.ts";

const hangzhou = alibaba({ region: "cn-hangzhou" });
const shanghai = alibaba({ region: "cn-shanghai" });

/** An ECS image in another region, and an instance created from it. */
async function story(): Promise<void> {
    const source = { server: "ace0706b2ac4454d984295a942130001" };
    const golden = new CustomImage("golden", { cloud: hangzhou, source });
    const share = new ImageShare("to-ecs", { cloud: hangzhou, image: golden, with: "ecs" });
    const shop = new EcsImage("shop", { cloud: hangzhou, image: share, to: "cn-shanghai", tags: { team: "shop" } });
    const place = { instanceType: "ecs.g7.large", securityGroup: "sg-1", vSwitch: "vsw-1" };
    new EcsInstance("web", { cloud: shanghai, image: shop, ...place });
}

describe("an ECS image in another region, on the real engine", () => {
    let world: EngineStack;
    before(async () => {
        world = await engineStack("ecs-images");
        world.use(story);
    });
    after(() => world.close());

    const copies = () => world.left().filter((held) => /^alibaba\.ecs(Image|Snapshot) /.test(held));

    it("resumes its copies after the plugin was killed between them", async () => {
        const killed = world.killPluginAfter("ecs.CopyImage").then(() => world.time.stop());
        await assert.rejects(world.up(), /EOF|connection|transport/i);
        await killed;
        world.time.go();
        await world.up();
        assert.equal(copies().length, 2, "one image and its snapshot");
        const asked = world.changes().filter((action) => action === "ecs.CopyImage");
        assert.equal(asked.length, 2, "one in between, one to the other region");
    });

    it("is unchanged by a second up and by a refresh", async () => {
        assert.deepEqual(Object.keys((await world.up()).summary), ["same"]);
        assert.deepEqual(Object.keys((await world.refresh()).summary), ["same"]);
    });

    it("is deleted after its instance, with its snapshot, and nothing is left", async () => {
        world.changes();
        await world.destroy();
        assertInOrder(world.changes(), "ecs.DeleteInstance", "ecs.DeleteImage", "ecs.DeleteSnapshot");
        assert.deepEqual(world.left(), []);
    });
});
