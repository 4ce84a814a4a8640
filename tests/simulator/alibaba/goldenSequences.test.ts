import assert from "node:assert/strict";
import { closeAll, minute, partner, type Simulated, second, simulate, web } from "./simulated.ts";

// How a client creates, shares, copies and deletes a custom image (docs/reference/image-lifecycle.md#deletion-order).
describe("Alibaba golden sequences", () => {
    let cloud: Simulated;

    beforeEach(async () => {
        cloud = await simulate();
    });
    afterEach(closeAll);

    it("creates a custom image from a server (B.1)", async () => {
        const { swas } = cloud;
        const { Disks } = await swas.ok("ListDisks", { InstanceId: web, DiskType: "system" });
        assert.equal(Disks.length, 1);
        assert.equal(Disks[0].Size, 40);
        const { SnapshotId } = await swas.ok("CreateSnapshot", {
            DiskId: Disks[0].DiskId,
            SnapshotName: "web-01-sys",
            ClientToken: "t1",
        });
        assert.match(SnapshotId, /^s-bp[a-z0-9]{17}$/);
        const snapshot = async () => {
            const { Snapshots } = await swas.ok("ListSnapshots", { SnapshotIds: JSON.stringify([SnapshotId]) });
            return `${Snapshots[0].Status} ${Snapshots[0].Progress}`;
        };
        assert.equal(await snapshot(), "progressing 0%");
        cloud.advance(22 * second);
        assert.equal(await snapshot(), "progressing 36%");
        cloud.advance(38 * second);
        assert.equal(await snapshot(), "accomplished 100%");

        const { ImageId } = await swas.ok("CreateCustomImage", {
            InstanceId: web,
            SystemSnapshotId: SnapshotId,
            ImageName: "web-golden-1",
            Description: "nightly",
            "Tag.1.Key": "env",
            "Tag.1.Value": "prod",
            ClientToken: "t2",
        });
        assert.match(ImageId, /^m-bp[a-z0-9]{17}$/);
        const image = async () =>
            (await swas.ok("ListCustomImages", { ImageIds: JSON.stringify([ImageId]) })).CustomImages[0];
        assert.equal((await image()).Status, "4");
        cloud.advance(3 * minute);
        assert.deepEqual(await image(), {
            ImageId,
            Name: "web-golden-1",
            Description: "nightly",
            Status: "1",
            OsType: "Linux",
            RegionId: "cn-hangzhou",
            InstanceId: web,
            InstanceName: "web-golden",
            SystemSnapshotId: SnapshotId,
            SystemSnapshotName: "web-01-sys",
            DataSnapshotId: "",
            DataSnapshotName: "",
            RequiredSystemDiskSize: 40,
            RequiredDataDiskSize: 0,
            CreationTime: "2026-01-01T00:01:00Z",
            InShare: false,
            InShareUser: false,
            UserId: 1000000000000001,
            SourceImageName: "Ubuntu",
            SourceImageVersion: "22.04",
            CreateInstances: [],
            ResourceGroupId: "",
            Tags: [{ Key: "env", Value: "prod" }],
        });
        const { Images } = await swas.ok("ListImages", { ImageType: "custom" });
        assert.deepEqual(Images, [
            { ImageId, ImageName: "web-golden-1", ImageType: "custom", Platform: "Linux", Description: "nightly" },
        ]);
        assert.deepEqual(
            cloud.sim.calls
                .list()
                .flatMap(({ action, ids, outcome }) =>
                    /Create|job/.test(action) ? [[action, ids.at(-1), outcome]] : [],
                ),
            [
                ["swas.CreateSnapshot", SnapshotId, "ok"],
                ["job.alibaba.snapshot.done", SnapshotId, "ok"],
                ["swas.CreateCustomImage", ImageId, "ok"],
                ["job.alibaba.customImage.done", ImageId, "ok"],
            ],
        );
    });

    it("includes the data disk if its snapshot is named", async () => {
        const { swas } = cloud;
        const systemSnapshot = await cloud.snapshot("system");
        const { Disks } = await swas.ok("ListDisks", { InstanceId: web, DiskType: "data" });
        const { SnapshotId } = await swas.ok("CreateSnapshot", { DiskId: Disks[0].DiskId, SnapshotName: "data" });
        cloud.advance(minute);
        await swas.ok("CreateCustomImage", {
            InstanceId: web,
            SystemSnapshotId: systemSnapshot,
            DataSnapshotId: SnapshotId,
            ImageName: "both-disks",
        });
        const { CustomImages } = await swas.ok("ListCustomImages", { DataSnapshotId: SnapshotId });
        assert.equal(CustomImages[0].RequiredDataDiskSize, 40);
        assert.equal(CustomImages[0].DataSnapshotName, "data");
    });

    it("shares an image with ECS and unshares it (B.2)", async () => {
        const { imageId } = await cloud.image("web-golden-1");
        const seen = () => cloud.ecs.ok("DescribeImages", { ImageId: imageId, ImageOwnerAlias: "others" });
        assert.equal((await seen()).TotalCount, 0);
        await cloud.swas.ok("ModifyImageShareStatus", { ImageId: imageId, Operation: "Share" });
        const { CustomImages } = await cloud.swas.ok("ListCustomImages");
        assert.equal(CustomImages[0].InShare, true);
        const { Images } = await seen();
        const [image] = Images.Image;
        assert.equal(image.ImageId, imageId);
        assert.equal(image.ImageOwnerAlias, "others");
        assert.equal(image.Status, "Available");
        assert.equal(image.Usable, true);
        assert.equal(image.OSType, "linux");
        assert.deepEqual(image.DiskDeviceMappings.DiskDeviceMapping[0], {
            Device: "/dev/xvda",
            Size: "40",
            SnapshotId: "",
            Type: "system",
            Format: "",
            Progress: "100%",
            RemainTime: 0,
            Encrypted: false,
        });
        const elsewhere = await cloud.shanghaiEcs.ok("DescribeImages", { ImageId: imageId });
        assert.equal(elsewhere.TotalCount, 0);
        await cloud.swas.ok("ModifyImageShareStatus", { ImageId: imageId, Operation: "UnShare" });
        assert.equal((await seen()).TotalCount, 0);
        assert.equal((await cloud.swas.ok("ListCustomImages")).CustomImages[0].InShare, false);
    });

    it("shares an image with an account, which creates a server from it (B.3)", async () => {
        const { imageId } = await cloud.image("web-golden-1");
        const accounts = () => cloud.swas.ok("ListCustomImageShareAccounts", { ImageId: imageId, PageSize: 50 });
        assert.deepEqual((await accounts()).ImageShareUsers, []);
        assert.equal(
            await cloud.partner.refused("CreateInstances", {
                ImageId: imageId,
                PlanId: "swas.s2.c2m1s40b3t04",
                Period: 1,
            }),
            "404 InvalidImageId.NotFound",
        );
        await cloud.swas.ok("AddCustomImageShareAccount", { ImageId: imageId, "Account.1": partner.account });
        assert.deepEqual((await accounts()).ImageShareUsers, [
            { UserId: 1000000000000002, SharedTime: "2026-01-01 00:04:00.0" },
        ]);
        const { CustomImages } = await cloud.partner.ok("ListCustomImages", { Share: true });
        assert.equal(CustomImages[0].ImageId, imageId);
        assert.equal(CustomImages[0].UserId, 1000000000000001);
        assert.equal(CustomImages[0].InstanceId, "");
        const { InstanceIds } = await cloud.partner.ok("CreateInstances", {
            ImageId: imageId,
            PlanId: "swas.s2.c2m1s40b3t04",
            Period: 1,
        });
        cloud.advance(90 * second);
        const { Instances } = await cloud.partner.ok("ListInstances", { InstanceIds: JSON.stringify(InstanceIds) });
        assert.equal(Instances[0].Status, "Running");
        assert.equal(Instances[0].Image.ImageName, "web-golden-1");
        await cloud.swas.ok("RemoveCustomImageShareAccount", { ImageId: imageId, "Account.1": partner.account });
        assert.equal((await cloud.partner.ok("ListCustomImages")).TotalCount, "0");
    });

    it("copies it to an independent ECS image, in its region and in another (B.4)", async () => {
        const { imageId } = await cloud.image("web-golden-1");
        await cloud.swas.ok("ModifyImageShareStatus", { ImageId: imageId, Operation: "Share" });
        const here = await cloud.ecs.ok("CopyImage", {
            ImageId: imageId,
            DestinationRegionId: "cn-hangzhou",
            DestinationImageName: "owned",
            ClientToken: "copy-1",
        });
        const state = async (client = cloud.ecs, id = here.ImageId) => {
            const { Images } = await client.ok("DescribeImages", { ImageId: id, Status: "ALL" });
            const [image] = Images.Image;
            return [image.ImageOwnerAlias, image.Status, image.Progress, image.Usable];
        };
        cloud.advance(4 * minute);
        assert.deepEqual(await state(), ["self", "Creating", "40%", false]);
        cloud.advance(6 * minute);
        assert.deepEqual(await state(), ["self", "Available", "100%", false]);
        cloud.advance(30 * second);
        assert.deepEqual(await state(), ["self", "Available", "100%", true]);
        await cloud.swas.ok("ModifyImageShareStatus", { ImageId: imageId, Operation: "UnShare" });
        assert.equal((await state())[1], "Available");

        const there = await cloud.ecs.ok("CopyImage", {
            ImageId: here.ImageId,
            DestinationRegionId: "cn-shanghai",
            DestinationImageName: "owned",
        });
        assert.match(there.ImageId, /^m-uf/);
        cloud.advance(36 * minute);
        assert.deepEqual(await state(cloud.shanghaiEcs, there.ImageId), ["self", "Available", "100%", true]);
    });

    it("cancels a copy, but not a finished one (B.4)", async () => {
        const ImageId = await cloud.ownedEcsImage("owned");
        assert.equal(await cloud.ecs.refused("CancelCopyImage", { ImageId }), "403 IncorrectImageStatus");
        const copy = await cloud.ecs.ok("CopyImage", { ImageId, DestinationRegionId: "cn-shanghai" });
        await cloud.shanghaiEcs.ok("CancelCopyImage", { ImageId: copy.ImageId });
        cloud.advance(60 * minute);
        const left = await cloud.shanghaiEcs.ok("DescribeImages", { ImageId: copy.ImageId, Status: "ALL" });
        assert.equal(left.TotalCount, 0);
    });

    it("deletes an image after it is unshared, then its snapshot (B.5)", async () => {
        const { imageId, snapshotId } = await cloud.image("web-golden-1");
        await cloud.swas.ok("ModifyImageShareStatus", { ImageId: imageId, Operation: "Share" });
        await cloud.swas.ok("AddCustomImageShareAccount", { ImageId: imageId, "Account.1": partner.account });
        const remove = () => cloud.swas.call("DeleteCustomImage", { ImageId: imageId });
        const { body } = await remove();
        assert.deepEqual(body, {
            RequestId: body.RequestId,
            HostId: "swas.cn-hangzhou.aliyuncs.com",
            Code: "CustomImageInShare",
            Message: "The custom image is being shared. Please disable sharing first and then delete it.",
            Recommend: "https://error-center.aliyun.com/status/search?Keyword=CustomImageInShare&source=PopGw",
        });
        assert.match(body.RequestId, /^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/);
        await cloud.swas.ok("ModifyImageShareStatus", { ImageId: imageId, Operation: "UnShare" });
        assert.equal((await remove()).body.Code, "CustomImageInShare");
        await cloud.swas.ok("RemoveCustomImageShareAccount", { ImageId: imageId, "Account.1": partner.account });
        assert.equal((await remove()).status, 200);
        assert.equal((await cloud.swas.ok("ListCustomImages")).TotalCount, "0");
        await cloud.swas.ok("DeleteSnapshot", { SnapshotId: snapshotId });
        assert.equal((await cloud.swas.ok("ListSnapshots")).TotalCount, 0);
    });
});
