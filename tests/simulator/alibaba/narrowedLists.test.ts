import assert from "node:assert/strict";
import { closeAll, partner, type Simulated, second, simulate, web } from "./simulated.ts";

describe("Alibaba filtered lists", () => {
    let cloud: Simulated;
    beforeEach(async () => {
        cloud = await simulate();
    });
    afterEach(closeAll);

    it("do not find an image of another account by hidden fields", async () => {
        const { imageId, snapshotId } = await cloud.image("golden");
        const share = { ImageId: imageId, Account: JSON.stringify([partner.account]), "Account.1": partner.account };
        await cloud.swas.ok("AddCustomImageShareAccount", share);
        cloud.advance(10 * second);
        const found = async (asked: Record<string, string>) => {
            const { CustomImages } = await cloud.partner.ok("ListCustomImages", asked);
            return CustomImages.map(({ ImageId }: { ImageId: string }) => ImageId);
        };
        assert.deepEqual(await found({ ImageIds: JSON.stringify([imageId]) }), [imageId]);
        assert.deepEqual(await found({ InstanceId: web }), []);
        assert.deepEqual(await found({ SystemSnapshotId: snapshotId }), []);
    });

    it("accept one status, several, all and unknown ones, and their pages add up", async () => {
        const { imageId } = await cloud.image("source");
        await cloud.swas.ok("ModifyImageShareStatus", { ImageId: imageId, Operation: "Share" });
        const copies: string[] = [];
        for (let n = 0; n < 7; n++) copies.push((await cloud.ecs.ok("CopyImage", { ImageId: imageId })).ImageId);
        const found = async (asked: Record<string, string | number>) => {
            const { Images, TotalCount } = await cloud.ecs.ok("DescribeImages", { PageSize: 100, ...asked });
            const ids: string[] = Images.Image.map(({ ImageId }: { ImageId: string }) => ImageId);
            return { ids: ids.filter((id) => copies.includes(id)), count: Number(TotalCount), all: ids };
        };
        assert.deepEqual((await found({ Status: "Creating" })).ids, copies.slice(0, 5));
        assert.deepEqual((await found({ Status: "Waiting" })).ids, copies.slice(5));
        assert.deepEqual((await found({ Status: "Waiting, Creating" })).ids, copies);
        assert.deepEqual((await found({ Status: "Waiting,Available" })).ids, copies.slice(5));
        assert.deepEqual((await found({})).ids, []);
        assert.deepEqual((await found({ Status: "Nothing" })).all, []);
        assert.deepEqual((await found({ Status: "Nothing,Never" })).all, []);
        const { all, count } = await found({ Status: "ALL" });
        assert.equal(all.length, count);
        const pages: string[] = [];
        for (let page = 1; pages.length < count; page++) {
            pages.push(...(await found({ Status: "ALL", PageSize: 3, PageNumber: page })).all);
        }
        assert.deepEqual(pages, all);
    });
});
