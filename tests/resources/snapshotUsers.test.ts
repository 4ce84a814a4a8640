import assert from "node:assert/strict";
import { customImage } from "../../provider/dist/resources/customImage.handler.js";
import { simulated } from "./simulated.ts";

const cloud = { type: "alibaba", region: "cn-hangzhou" };
const server = "ace0706b2ac4454d984295a942130001";

describe("a custom image whose snapshot another image was created from", () => {
    it("is not deleted, and the error names the other image and the next step", async () => {
        const world = await simulated();
        try {
            const golden = world.resource(customImage, "golden");
            await golden.up({ cloud, source: { server } });
            const [snapshot] = Object(golden.outs).ownedSnapshots;
            const other = world.resource(customImage, "other");
            await other.up({ cloud, source: { snapshot } });
            const before = world.left();
            const error = new RegExp(
                `${golden.id}.* is the source of image ${other.id}.*, through snapshot ${snapshot}.*retain`,
            );
            await assert.rejects(golden.destroy(), error);
            assert.deepEqual(world.left(), before);
            await other.destroy();
            await golden.destroy();
            assert.deepEqual(world.left(), []);
        } finally {
            await world.close();
        }
    });

    it("is deleted without its snapshot if the snapshot is retained", async () => {
        const world = await simulated();
        try {
            const golden = world.resource(customImage, "golden");
            await golden.up({ cloud, source: { server }, onDelete: { children: "retain" } });
            const [snapshot] = Object(golden.outs).ownedSnapshots;
            const other = world.resource(customImage, "other");
            await other.up({ cloud, source: { snapshot } });
            await golden.destroy();
            assert.ok(world.left().includes(`alibaba.snapshot ${snapshot}`));
            await other.destroy();
        } finally {
            await world.close();
        }
    });
});
