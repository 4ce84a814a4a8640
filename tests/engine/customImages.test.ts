import assert from "node:assert/strict";
import {
    alibaba,
    CustomImage,
    type CustomImageArgs,
    EcsInstance,
    ImageShare,
    SimpleServer,
} from "pulumi-machine-images";
import { assertInOrder } from "./order.ts";
import { type EngineStack, engineStack } from "./stack.ts";

const hangzhou = alibaba({ region: "cn-hangzhou" });
const golden: CustomImageArgs = {
    cloud: hangzhou,
    source: { server: "ace0706b2ac4454d984295a942130001" },
    copies: ["cn-shanghai"],
    tags: { team: "web", stage: "golden" },
};

/** An image with a copy, shared with ECS, and a server of each kind created from it. */
const story =
    (image: Partial<CustomImageArgs> = {}) =>
    async () => {
        const made = new CustomImage("golden", { ...golden, ...image });
        const share = new ImageShare("to-ecs", { cloud: hangzhou, image: made, with: "ecs" });
        const web = new SimpleServer("web", {
            cloud: hangzhou,
            image: made,
            plan: "swas.s2.c2m2s50b4t08",
            onDelete: { refund: true },
        });
        const api = new EcsInstance("api", {
            cloud: hangzhou,
            image: share,
            instanceType: "ecs.g7.large",
            securityGroup: "sg-1",
            vSwitch: "vsw-1",
        });
        return { image: made.id, copy: made.imageIn("cn-shanghai"), web: web.id, api: api.id };
    };

describe("custom images on the real engine", () => {
    let world: EngineStack;
    before(async () => {
        world = await engineStack("custom-images");
        world.use(story());
    });
    after(() => world.close());

    it("up creates the snapshot, the image, its copy, the share and the servers, in the order that the clouds require", async () => {
        const { operations } = await world.up();
        assert.deepEqual(new Set(Object.values(operations)), new Set(["create"]));
        const changes = world.changes();
        assertInOrder(changes, "swas.CreateSnapshot", "swas.CreateCustomImage", "swas.CopyCustomImage");
        assertInOrder(changes, "swas.CreateCustomImage", "swas.ModifyImageShareStatus", "ecs.RunInstances");
        assertInOrder(changes, "swas.CreateCustomImage", "swas.CreateInstances");
    });

    it("stores less than 1.8 kB for the image, with its provider as a short constant line", async () => {
        const exported = await world.stack.exportStack();
        const resources: { type: string; inputs?: Record<string, unknown> }[] = exported.deployment.resources;
        for (const name of ["CustomImage", "ImageCopy"]) {
            const stored = resources.find(({ type }) => type.endsWith(`:${name}`));
            // The engine adds times and source positions, whose length differs between runs.
            const size = JSON.stringify({ ...stored, created: "", modified: "", sourcePosition: "" }).length;
            assert.ok(size < 1800, `${name}: ${size} bytes`);
            assert.equal(
                stored?.inputs?.__provider,
                `exports.handler = () => require("pulumi-machine-images/handlers").${name}`,
            );
        }
    });

    it("a second up changes nothing", async () => {
        const { summary } = await world.up();
        assert.deepEqual(Object.keys(summary), ["same"]);
        assert.deepEqual(world.changes(), []);
    });

    it("a refresh changes nothing", async () => {
        const { summary } = await world.refresh();
        assert.deepEqual(Object.keys(summary), ["same"]);
    });

    it("a changed tag updates the image and its copy, and no server", async () => {
        world.use(story({ tags: { team: "app", stage: "golden" } }));
        const { operations } = await world.preview();
        assert.deepEqual(operations, {
            golden: "update",
            "golden-cn-shanghai": "update",
            "to-ecs": "same",
            web: "same",
            api: "same",
        });
        await world.up();
        assert.deepEqual(world.changes(), ["swas.TagResources", "swas.TagResources"]);
    });

    it("another description replaces everything created from the image, and each old share is deleted before its image", async () => {
        world.use(story({ tags: { team: "app", stage: "golden" }, description: "second edition" }));
        const { operations } = await world.up();
        assert.deepEqual(new Set(Object.values(operations)), new Set(["replace"]));
        const changes = world.changes();
        assertInOrder(changes, "swas.CreateCustomImage", "swas.DeleteCustomImage");
        const unshare = changes.lastIndexOf("swas.ModifyImageShareStatus");
        assert.ok(unshare < changes.lastIndexOf("swas.DeleteCustomImage"), changes.join(", "));
        assertInOrder(changes, "swas.DeleteCustomImage", "swas.DeleteSnapshot");
        const images = world.left().filter((held) => held.startsWith("alibaba.customImage "));
        assert.equal(images.length, 2, "the new image and its copy");
    });

    it("destroy deletes servers, share, copy, image and snapshot in this order, and nothing is left", async () => {
        await world.destroy();
        const changes = world.changes();
        assertInOrder(changes, "ecs.DeleteInstance", "swas.ModifyImageShareStatus", "swas.DeleteSnapshot");
        assert.ok(changes.indexOf("swas.ModifyImageShareStatus") < changes.lastIndexOf("swas.DeleteCustomImage"));
        assert.ok(changes.lastIndexOf("swas.DeleteCustomImage") < changes.indexOf("swas.DeleteSnapshot"));
        assert.deepEqual(world.left(), []);
    });
});

describe("a share created by hand, on the real engine", () => {
    let world: EngineStack;
    before(async () => {
        world = await engineStack("hand-made-share");
    });
    after(() => world.close());

    const alone = (onDelete?: { unshare: boolean }) => async () => {
        new CustomImage("golden", { ...golden, copies: [], onDelete });
    };

    it("stops destroy with an error that names it, until onDelete.unshare is set", async () => {
        world.use(alone());
        await world.up();
        const { sim } = world.simulator;
        const [image] = sim.registry.list("alibaba", { name: "alibaba.customImage", isRecord: false });
        assert.ok(image);
        // The console sets the same flag as ModifyImageShareStatus.
        sim.store(image.scope).change({ name: "alibaba.customImage", isRecord: false }, image.id, { inShare: true });
        await assert.rejects(world.destroy(), /is still shared with ECS \(not by this stack\)/);
        assert.ok(!world.changes().includes("swas.DeleteCustomImage"));

        world.use(alone({ unshare: true }));
        await world.up();
        await world.destroy();
        assertInOrder(world.changes(), "swas.ModifyImageShareStatus", "swas.DeleteCustomImage", "swas.DeleteSnapshot");
        assert.deepEqual(world.left(), []);
    });
});

describe("forced replacements, on the real engine", () => {
    let world: EngineStack;
    const story =
        (tags: Record<string, string> = {}, replaceOnChanges: string[] = []) =>
        async () => {
            const image = new CustomImage("golden", { ...golden, copies: [], tags }, { replaceOnChanges });
            new ImageShare("to-ecs", { cloud: hangzhou, image, with: "ecs" });
        };
    before(async () => {
        world = await engineStack("forced");
        world.use(story());
        await world.up();
        world.changes();
    });
    after(() => world.close());

    /** Asserts one image with its snapshot, shared with ECS and held by the state. */
    async function assertOneSharedImage(): Promise<void> {
        const held = world.left().filter((object) => /customImage |snapshot /.test(object));
        assert.equal(held.length, 2, held.join(", "));
        assert.deepEqual(Object.keys((await world.refresh()).summary), ["same"]);
    }

    it("up --replace creates a new image from a new snapshot, and then deletes the old one", async () => {
        const [urn] = await world.urns("CustomImage");
        await world.stack.up({ program: story(), replace: [urn ?? ""] });
        assertInOrder(world.changes(), "swas.CreateSnapshot", "swas.CreateCustomImage", "swas.DeleteCustomImage");
        await assertOneSharedImage();
    });

    it("replaceOnChanges does the same", async () => {
        world.use(story({ edition: "2" }, ["tags"]));
        await world.up();
        assertInOrder(world.changes(), "swas.CreateSnapshot", "swas.CreateCustomImage", "swas.DeleteCustomImage");
        await assertOneSharedImage();
    });

    it("after up --replace of the share, the image is still shared", async () => {
        const [urn] = await world.urns("ImageShare");
        await world.stack.up({ program: story({ edition: "2" }, ["tags"]), replace: [urn ?? ""] });
        await assertOneSharedImage();
    });
});

describe("an interrupted up, on the real engine", () => {
    let world: EngineStack;
    before(async () => {
        world = await engineStack("interrupted");
        world.use(async () => {
            new CustomImage("golden", { ...golden, copies: [] });
        });
    });
    after(() => world.close());

    for (const action of ["swas.CreateSnapshot", "swas.CreateCustomImage"]) {
        it(`resumes the same objects after its plugin was killed directly after ${action}`, async () => {
            if (action === "swas.CreateSnapshot") world.time.stop();
            const killed = world.killPluginAfter(action).then(() => world.time.stop());
            await assert.rejects(world.up(), /EOF|connection|transport/i);
            await killed;
            world.time.go();
            await world.up();
            const images = world.left().filter((held) => /customImage |snapshot /.test(held));
            assert.equal(images.length, 2, "one image and one snapshot");
            await world.destroy();
            assert.deepEqual(world.left(), []);
        });
    }
});
