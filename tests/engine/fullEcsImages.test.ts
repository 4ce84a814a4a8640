import assert from "node:assert/strict";
import { FullEcsImage, HuaweiServer, huawei, ImageShare } from "pulumi-machine-images";
import { assertInOrder } from "./order.ts";
import { type EngineStack, engineStack } from "./stack.ts";

const server = "94eba8b2-acc9-4d82-badc-127144cc5526";
const vault = "3b5816b5-f29c-4172-9d9a-76c719a659ce";
const network = { vpc: "0dae26c9-9a70-4392-93f3-87d53115d171", subnet: "157ee789-03ea-45b1-a698-76c92660dd83" };
const guest = { volumesAcrossDisks: false };

describe("full-ECS images through CBR, on the real engine", () => {
    let world: EngineStack;
    let partner: string;
    const cloud = huawei({ region: "eu-de", profile: "cbr" });
    const story =
        (tags: Record<string, string> = {}) =>
        async () => {
            const erp = new FullEcsImage("erp", { cloud, source: { server }, vault, guest, tags });
            new ImageShare("partner", { cloud, image: erp, with: { projects: [partner] } });
            const clone = new HuaweiServer("clone", { cloud, image: erp, flavor: "s3.xlarge.2", ...network });
            return { disks: clone.dataDisks };
        };
    before(async () => {
        world = await engineStack("full-ecs-cbr", { profile: "cbr" });
        const other = world.simulator.accounts.filter((account) => account.cloud === "huawei")[1];
        partner = other?.projects?.find(({ region }) => region === "eu-de")?.id ?? "";
        world.use(story());
    });
    after(() => world.close());

    it("up creates the image, its backup, a share, and a server with the data disks", async () => {
        await world.up();
        const changes = world.changes();
        assertInOrder(changes, "ims.CreateWholeImage", "ims.GlanceAddMember");
        assertInOrder(changes, "ims.CreateWholeImage", "ecs.CreateServer");
        const outputs = await world.stack.outputs();
        const disks: { sizeGiB: number }[] = outputs.disks?.value;
        assert.deepEqual(
            disks.map(({ sizeGiB }) => sizeGiB),
            [100, 50],
        );
    });

    it("a second up and a refresh change nothing, and a changed tag updates only the image", async () => {
        assert.deepEqual(Object.keys((await world.up()).summary), ["same"]);
        assert.deepEqual(Object.keys((await world.refresh()).summary), ["same"]);
        world.changes();
        world.use(story({ team: "erp" }));
        const { operations } = await world.up();
        assert.deepEqual(operations, { erp: "update", partner: "same", clone: "same" });
        assert.deepEqual(world.changes(), ["ims.BatchAddOrDeleteTags"]);
    });

    it("destroy deletes the share, then the image with its backup, and leaves nothing behind", async () => {
        await world.destroy();
        const changes = world.changes();
        assertInOrder(changes, "ims.GlanceDeleteMember", "ims.DeleteImage");
        assertInOrder(changes, "ecs.DeleteServer", "ims.DeleteImage");
        assert.deepEqual(world.left(), []);
    });
});

describe("full-ECS images through CSBS, on the real engine", () => {
    let world: EngineStack;
    const cloud = huawei({ region: "eu-de", profile: "csbs" });
    before(async () => {
        world = await engineStack("full-ecs-csbs", { profile: "csbs" });
    });
    after(() => world.close());

    it("a preview refuses a share and a server in another place, with the reasons, before anything exists", async () => {
        world.use(async () => {
            const erp = new FullEcsImage("erp", { cloud, source: { server }, guest });
            // @ts-expect-error the compiler also refuses it
            new ImageShare("partner", { cloud, image: erp, with: { projects: ["p"] } });
        });
        await assert.rejects(world.preview(), /created with a CSBS backup cannot be shared with other tenants/);
        world.use(async () => {
            const erp = new FullEcsImage("erp", { cloud, source: { server }, guest });
            const elsewhere = huawei({ region: "eu-nl", profile: "csbs" });
            new HuaweiServer("clone", { cloud: elsewhere, image: erp, flavor: "s3.xlarge.2", ...network });
        });
        await assert.rejects(world.preview(), /can be used only in the region where it is available/);
        assert.deepEqual(world.changes(), []);
    });

    it("resumes the same image after its plugin was killed directly after the create call", async () => {
        world.use(async () => {
            new FullEcsImage("erp", { cloud, source: { server }, guest });
        });
        world.time.stop();
        const killed = world.killPluginAfter("ims.CreateWholeImage");
        await assert.rejects(world.up(), /EOF|connection|transport/i);
        await killed;
        world.time.go();
        await world.up();
        const made = world.left().filter((held) => /huawei\.(image|backup) /.test(held));
        assert.equal(made.length, 2, "one image and one backup");
        await world.destroy();
        assert.deepEqual(world.left(), []);
    });
});
