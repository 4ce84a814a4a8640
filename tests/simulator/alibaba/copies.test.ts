import assert from "node:assert/strict";
import { closeAll, minute, type Simulated, simulate } from "./simulated.ts";

// The action is the simulator's own: Alibaba publishes none for it
// (docs/reference/swas-images.md#copies-to-other-regions).
describe("Alibaba copies of custom images", () => {
    let cloud: Simulated;

    beforeEach(async () => {
        cloud = await simulate();
    });
    afterEach(closeAll);

    it("are independent images in another region", async () => {
        const { imageId } = await cloud.image("web-golden-1");
        const { ImageId } = await cloud.swas.ok("CopyCustomImage", {
            ImageId: imageId,
            DestinationRegionId: "cn-shanghai",
            DestinationImageName: "web-golden-1",
        });
        const status = async () => (await cloud.shanghai.ok("ListCustomImages")).CustomImages[0].Status;
        assert.match(ImageId, /^m-uf/);
        assert.equal(await status(), "0");
        assert.equal(await cloud.swas.refused("DeleteCustomImage", { ImageId: imageId }), "400 IncorrectStatus");
        cloud.advance(10 * minute);
        assert.equal(await status(), "1");
        await cloud.swas.ok("DeleteCustomImage", { ImageId: imageId });
        assert.equal(await status(), "1");
    });

    it("are refused within the region, with a name in use and for images of others", async () => {
        const { imageId } = await cloud.image("web-golden-1");
        const copy = { ImageId: imageId, DestinationRegionId: "cn-shanghai", DestinationImageName: "copy" };
        const refused = (change: Record<string, string>) =>
            cloud.swas.refused("CopyCustomImage", { ...copy, ...change });
        assert.equal(await refused({ DestinationRegionId: "cn-hangzhou" }), "400 InvalidDestinationRegionId");
        assert.equal(await refused({ DestinationRegionId: "mars-1" }), "404 InvalidRegionId.NotFound");
        assert.equal(await refused({ ImageId: "m-bp1" }), "404 InvalidImageId.NotFound");
        await cloud.swas.ok("CopyCustomImage", copy);
        assert.equal(await refused({}), "400 ImageNameAlreadyExist");
    });

    it("run five at once to a region; further copies wait", async () => {
        const { imageId } = await cloud.image("web-golden-1");
        cloud.sim.quotas.change("alibaba.swas.parallelCopies", 2);
        const copy = (name: string) => ({
            ImageId: imageId,
            DestinationRegionId: "cn-shanghai",
            DestinationImageName: name,
        });
        for (const name of ["c-1", "c-2", "c-3"]) await cloud.swas.ok("CopyCustomImage", copy(name));
        const statuses = async () =>
            (await cloud.shanghai.ok("ListCustomImages")).CustomImages.map(
                ({ Status }: Record<string, string>) => Status,
            );
        assert.deepEqual(await statuses(), ["0", "0", "0"]);
        cloud.advance(10 * minute);
        assert.deepEqual(await statuses(), ["1", "1", "0"]);
        cloud.advance(10 * minute);
        assert.deepEqual(await statuses(), ["1", "1", "1"]);
    });

    it("have a failed status after their job failed, in SWAS and in ECS, and can be deleted", async () => {
        const { imageId } = await cloud.image("web-golden-1");
        cloud.sim.faults.add({ job: "alibaba.customImageCopy.done", reason: "disk error" });
        const copy = { ImageId: imageId, DestinationRegionId: "cn-shanghai", DestinationImageName: "copy" };
        const { ImageId } = await cloud.swas.ok("CopyCustomImage", copy);
        cloud.advance(10 * minute);
        assert.equal((await cloud.shanghai.ok("ListCustomImages")).CustomImages[0].Status, "3");
        await cloud.shanghai.ok("DeleteCustomImage", { ImageId });

        await cloud.swas.ok("ModifyImageShareStatus", { ImageId: imageId, Operation: "Share" });
        cloud.sim.faults.add({ job: "alibaba.ecsImage.copied", reason: "disk error" });
        const inEcs = await cloud.ecs.ok("CopyImage", { ImageId: imageId });
        cloud.advance(10 * minute);
        const { Images } = await cloud.ecs.ok("DescribeImages", { ImageId: inEcs.ImageId, Status: "CreateFailed" });
        assert.equal(Images.Image[0].Usable, false);
        await cloud.ecs.ok("DeleteImage", { ImageId: inEcs.ImageId });
        assert.deepEqual((await cloud.ecs.ok("DescribeSnapshots")).Snapshots.Snapshot, []);
    });
});
