import assert from "node:assert/strict";
import { customImage } from "../../provider/dist/resources/customImage.handler.js";
import { imageCopy } from "../../provider/dist/resources/imageCopy.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { type Simulated, simulated } from "./simulated.ts";

const cloud = { type: "alibaba", region: "cn-hangzhou" };
const source = { server: "ace0706b2ac4454d984295a942130001" };

describe("ImageCopy", () => {
    let world: Simulated;
    beforeEach(async () => {
        world = await simulated();
    });
    afterEach(() => world.close());

    it("copies an image to another region, and does not need the original", async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ cloud, source });
        const copy = world.resource(imageCopy, "golden-shanghai");
        assert.equal(await copy.up({ cloud, image: image.id, to: "cn-shanghai" }), "create");
        assert.equal(copy.outs.status, "available");
        await image.destroy();
        assert.equal(await copy.refresh(), "quiet");
        await copy.destroy();
        assert.deepEqual(world.left(), []);
    });

    it("refuses at preview an image of Huawei Cloud, and an image in another region than its cloud argument", async () => {
        const copy = world.resource(imageCopy, "copy");
        const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
        const facts = { kind: "full-ecs", cloud: "huawei", region: "eu-de" };
        const whole = await copy.preview({ cloud, image: unknown, imageFacts: facts, to: "cn-shanghai" });
        assert.match(whole.failures.join(), /image: a full-ECS image cannot be replicated/);
        const systemFacts = { ...facts, kind: "system" };
        const system = await copy.preview({ cloud, image: unknown, imageFacts: systemFacts, to: "cn-shanghai" });
        assert.match(
            system.failures.join(),
            /image: an image of Open Telekom Cloud cannot be copied to another region/,
        );
        const elsewhere = { kind: "custom", cloud: "alibaba", region: "cn-shanghai" };
        const wrong = await copy.preview({ cloud, image: unknown, imageFacts: elsewhere, to: "cn-shanghai" });
        assert.match(wrong.failures.join(), /cloud\.region: must be cn-shanghai, the region of the image/);
    });

    it("refuses the region of the image at preview", async () => {
        const copy = world.resource(imageCopy, "golden-hangzhou");
        const { failures } = await copy.preview({ cloud, image: "m-1", to: "cn-hangzhou" });
        assert.match(failures.join(), /to: must not be cn-hangzhou, the region of the image/);
    });
});

describe("ImageShare with ECS", () => {
    let world: Simulated;
    beforeEach(async () => {
        world = await simulated();
    });
    afterEach(() => world.close());

    it("is created when ECS can see the image, and is deleted without a trace", async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ cloud, source });
        const share = world.resource(imageShare, "to-ecs");
        assert.equal(await share.up({ cloud, image: image.id, with: "ecs" }), "create");
        assert.ok(world.calls().some((call) => call.action === "ecs.DescribeImages" && call.outcome === "ok"));
        assert.equal(await share.up({ cloud, image: image.id, with: "ecs" }), "same");
        assert.equal(await share.refresh(), "quiet");
        await share.destroy();
        await image.destroy();
        assert.deepEqual(world.left(), []);
    });

    it("is removed from the state by a refresh after a manual unshare", async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ cloud, source });
        const share = world.resource(imageShare, "to-ecs");
        await share.up({ cloud, image: image.id, with: "ecs" });
        const { swas } = await world.clouds.alibaba({ type: "alibaba", region: "cn-hangzhou" });
        await swas.modifyImageShareStatus({ imageId: String(image.id), operation: "UnShare" });
        assert.equal(await share.refresh(), "gone");
    });

    it("refuses recipients of the other cloud at preview", async () => {
        const share = world.resource(imageShare, "to-ecs");
        const { failures } = await share.preview({ cloud, image: "m-1", with: { projects: ["p"] } });
        assert.match(failures.join(), /with: must be "ecs" or \{ accounts/);
    });
});
