import assert from "node:assert/strict";
import { SignedClient } from "./signedClient.ts";
import { closeAll, minute, partner, type Simulated, second, simulate } from "./simulated.ts";

const instanceType = { InstanceType: "ecs.g6.large" };

describe("Alibaba ECS", () => {
    let cloud: Simulated;

    beforeEach(async () => {
        cloud = await simulate();
    });
    afterEach(closeAll);

    /** A SWAS image that is shared with ECS. */
    const sharedImage = async (name = "web-golden-1") => {
        const { imageId } = await cloud.image(name);
        await cloud.swas.ok("ModifyImageShareStatus", { ImageId: imageId, Operation: "Share" });
        return imageId;
    };
    const instance = async (id: string) =>
        (await cloud.ecs.ok("DescribeInstances", { InstanceIds: JSON.stringify([id]) })).Instances.Instance[0];
    const run = async (ImageId: string, more: Record<string, string | number> = {}) => {
        const { InstanceIdSets } = await cloud.ecs.ok("RunInstances", { ImageId, ...instanceType, ...more });
        cloud.advance(minute);
        return InstanceIdSets.InstanceIdSet;
    };

    it("runs instances from a shared image only while it is shared", async () => {
        const ImageId = await sharedImage();
        const { InstanceIdSets } = await cloud.ecs.ok("RunInstances", {
            ImageId,
            ...instanceType,
            Amount: 2,
            InstanceName: "app",
            VSwitchId: "vsw-bp1machineimages0001",
            SecurityGroupId: "sg-bp1machineimages0001",
            Password: "Top-secret-1",
            "Tag.1.Key": "env",
            "Tag.1.Value": "prod",
        });
        const [id] = InstanceIdSets.InstanceIdSet;
        assert.equal(InstanceIdSets.InstanceIdSet.length, 2);
        assert.match(id, /^i-bp/);
        assert.equal((await instance(id)).Status, "Pending");
        cloud.advance(20 * second);
        assert.equal((await instance(id)).Status, "Starting");
        cloud.advance(40 * second);
        const shown = await instance(id);
        assert.equal(shown.Status, "Running");
        assert.equal(shown.ImageId, ImageId);
        assert.equal(shown.CreationTime, "2026-01-01T00:04Z");
        assert.deepEqual(shown.Tags, { Tag: [{ TagKey: "env", TagValue: "prod" }] });
        assert.deepEqual(shown.SecurityGroupIds, { SecurityGroupId: ["sg-bp1machineimages0001"] });
        await cloud.swas.ok("ModifyImageShareStatus", { ImageId, Operation: "UnShare" });
        assert.equal(
            await cloud.ecs.refused("RunInstances", { ImageId, ...instanceType }),
            "404 InvalidImageId.NotFound",
        );
        assert.equal((await instance(id)).Status, "Running");
    });

    it("requires a system disk at least as large as the image's", async () => {
        const ImageId = await sharedImage();
        const small = { ImageId, ...instanceType, "SystemDisk.Size": 39 };
        assert.equal(await cloud.ecs.refused("RunInstances", small), "400 InvalidSystemDiskSize.LessThanMinSize");
        await cloud.ecs.ok("RunInstances", { ...small, "SystemDisk.Size": 40 });
    });

    it("replaces the system disk only of a stopped instance", async () => {
        const ImageId = await sharedImage();
        const offered = await cloud.ecs.ok("DescribeImages", { ImageOwnerAlias: "system", OSType: "linux" });
        const [id] = await run(offered.Images.Image[0].ImageId);
        const replace = { InstanceId: id, ImageId };
        assert.equal(await cloud.ecs.refused("ReplaceSystemDisk", replace), "403 IncorrectInstanceStatus");
        await cloud.ecs.ok("StopInstance", { InstanceId: id });
        cloud.advance(20 * second);
        const tooSmall = { ...replace, "SystemDisk.Size": 20 };
        assert.equal(
            await cloud.ecs.refused("ReplaceSystemDisk", tooSmall),
            "400 InvalidSystemDiskSize.LessThanMinSize",
        );
        const { DiskId } = await cloud.ecs.ok("ReplaceSystemDisk", replace);
        assert.match(DiskId, /^d-bp/);
        assert.equal((await instance(id)).ImageId, ImageId);
        assert.equal((await instance(id)).Status, "Stopped");
        await cloud.ecs.ok("StartInstance", { InstanceId: id });
        cloud.advance(minute);
        assert.equal((await instance(id)).Status, "Running");
    });

    it("deletes a running instance only with Force", async () => {
        const [id] = await run(await sharedImage());
        assert.equal(await cloud.ecs.refused("DeleteInstance", { InstanceId: id }), "403 IncorrectInstanceStatus");
        await cloud.ecs.ok("DeleteInstance", { InstanceId: id, Force: true });
        assert.equal(await instance(id), undefined);
        assert.equal(await cloud.ecs.refused("DeleteInstance", { InstanceId: id }), "404 InvalidInstanceId.NotFound");
    });

    it("copies a shared image only within its region, and no public image", async () => {
        const ImageId = await sharedImage();
        const away = { ImageId, DestinationRegionId: "cn-shanghai" };
        assert.equal(await cloud.ecs.refused("CopyImage", away), "403 OperationDenied.SharedImageCopy");
        const nowhere = { ImageId, DestinationRegionId: "mars-1" };
        assert.equal(await cloud.ecs.refused("CopyImage", nowhere), "404 InvalidRegionId.NotFound");
        const { Images } = await cloud.ecs.ok("DescribeImages", { ImageOwnerAlias: "system" });
        const offered = { ImageId: Images.Image[0].ImageId };
        assert.equal(await cloud.ecs.refused("CopyImage", offered), "403 OperationDenied.ImageNotCopyable");
        await cloud.ecs.ok("CopyImage", { ImageId, DestinationImageName: "same" });
        assert.equal(
            await cloud.ecs.refused("CopyImage", { ImageId, DestinationImageName: "same" }),
            "400 InvalidImageName.Duplicated",
        );
    });

    it("runs five copies at once in a region; further copies wait", async () => {
        const ImageId = await cloud.ownedEcsImage("owned");
        const copies: string[] = [];
        for (let count = 0; count < 7; count++) {
            const copy = { ImageId, DestinationRegionId: "cn-shanghai" };
            copies.push((await cloud.ecs.ok("CopyImage", copy)).ImageId);
        }
        const statuses = async () => {
            const { Images } = await cloud.shanghaiEcs.ok("DescribeImages", { Status: "Waiting,Creating,Available" });
            return copies.map((id) =>
                Images.Image.flatMap((image: { ImageId: string; Status: string }) =>
                    image.ImageId === id ? [image.Status[0]] : [],
                ).join(""),
            );
        };
        assert.equal((await statuses()).join(""), "CCCCCWW");
        await cloud.shanghaiEcs.ok("CancelCopyImage", { ImageId: copies[0] ?? "" });
        assert.equal((await statuses()).join(""), "CCCCCW");
        cloud.advance(35 * minute);
        assert.equal((await statuses()).join(""), "AAAAAC");
        cloud.advance(35 * minute);
        assert.equal((await statuses()).join(""), "AAAAAA");
    });

    it("refuses to delete an image that is copied, shared or in use, and ignores an unknown image", async () => {
        const ImageId = await cloud.ownedEcsImage("owned");
        const copy = await cloud.ecs.ok("CopyImage", { ImageId, DestinationRegionId: "cn-shanghai" });
        const remove = (more = {}) => cloud.ecs.call("DeleteImage", { ImageId, ...more });
        assert.equal((await remove()).body.Code, "OperationDenied.ImageCopying");
        assert.equal(
            await cloud.shanghaiEcs.refused("DeleteImage", { ImageId: copy.ImageId }),
            "403 OperationDenied.ImageCopying",
        );
        cloud.advance(36 * minute);
        await cloud.ecs.ok("ModifyImageSharePermission", { ImageId, "AddAccount.1": partner.account });
        assert.equal((await remove()).body.Code, "ImageUseShared");
        await cloud.ecs.ok("ModifyImageSharePermission", { ImageId, "RemoveAccount.1": partner.account });
        await run(ImageId);
        assert.equal((await remove()).body.Code, "ImageUsingByInstance");
        assert.equal((await remove({ Force: true })).status, 200);
        assert.equal((await remove()).status, 200);
        assert.equal((await cloud.ecs.ok("DescribeImages", { ImageId })).TotalCount, 0);
    });

    it("keeps the snapshots of a deleted image until they are deleted", async () => {
        const ImageId = await cloud.ownedEcsImage("owned");
        const list = async () => (await cloud.ecs.ok("DescribeSnapshots")).Snapshots.Snapshot;
        const [snapshot] = await list();
        assert.deepEqual([snapshot.Usage, snapshot.SourceDiskSize], ["image", "40"]);
        const one = { SnapshotId: snapshot.SnapshotId };
        assert.equal(await cloud.ecs.refused("DeleteSnapshot", one), "403 SnapshotCreatedImage");
        await cloud.ecs.ok("DeleteImage", { ImageId });
        assert.equal((await list())[0].Usage, "none");
        await cloud.ecs.ok("DeleteSnapshot", one);
        assert.deepEqual(await list(), []);
        await cloud.ecs.ok("DeleteSnapshot", one);
    });

    it("neither deletes nor shares an image that Simple Application Server or another account shares", async () => {
        const ImageId = await sharedImage();
        assert.equal(await cloud.ecs.refused("DeleteImage", { ImageId }), "403 OperationDenied.NotImageOwner");
        const add = { ImageId, "AddAccount.1": partner.account };
        assert.equal(await cloud.ecs.refused("ModifyImageSharePermission", add), "403 OperationDenied.NotImageOwner");
        const owned = await cloud.ecs.ok("CopyImage", { ImageId });
        cloud.advance(11 * minute);
        await cloud.ecs.ok("ModifyImageSharePermission", { ...add, ImageId: owned.ImageId });
        const { Images } = await cloud.partnerEcs.ok("DescribeImages", { ImageOwnerAlias: "others" });
        assert.deepEqual([Images.Image[0].ImageId, Images.Image[0].ImageOwnerId], [owned.ImageId, 1000000000000001]);
        const elsewhere = new SignedClient(cloud.simulator.url, partner, "ecs", "cn-shanghai");
        assert.equal((await elsewhere.ok("DescribeImages", { ImageOwnerAlias: "others" })).TotalCount, 0);
        assert.equal(
            await cloud.partnerEcs.refused("DeleteImage", { ImageId: owned.ImageId }),
            "403 OperationDenied.NotImageOwner",
        );
        await cloud.partnerEcs.ok("RunInstances", { ImageId: owned.ImageId, ...instanceType });
    });

    it("silently ignores the 11th account of a call", async () => {
        const ImageId = await cloud.ownedEcsImage("owned");
        const accounts = Array.from({ length: 10 }, (_, index) => [`AddAccount.${index + 1}`, partner.account]);
        const stranger = { "AddAccount.11": "9999999999999999" };
        await cloud.ecs.ok("ModifyImageSharePermission", { ImageId, ...Object.fromEntries(accounts), ...stranger });
        const { Accounts, TotalCount } = await cloud.ecs.ok("DescribeImageSharePermission", { ImageId });
        assert.equal(TotalCount, 1);
        assert.deepEqual(Accounts.Account, [{ AliyunId: partner.account, SharedTime: "2026-01-01T00:15:00Z" }]);
        const tenth = { ImageId, "AddAccount.10": "9999999999999999" };
        assert.equal(await cloud.ecs.refused("ModifyImageSharePermission", tenth), "400 InvalidAccount.NotFound");
    });

    it("tags images and instances", async () => {
        const ImageId = await cloud.ownedEcsImage("owned");
        const tag = { ResourceType: "image", "ResourceId.1": ImageId };
        await cloud.ecs.ok("TagResources", { ...tag, "Tag.1.Key": "env", "Tag.1.Value": "prod", "Tag.2.Key": "a" });
        await cloud.ecs.ok("UntagResources", { ...tag, "TagKey.1": "a" });
        const { Images } = await cloud.ecs.ok("DescribeImages", { "Tag.1.Key": "env" });
        assert.deepEqual(Images.Image[0].Tags, { Tag: [{ TagKey: "env", TagValue: "prod" }] });
        const unknown = { ...tag, "ResourceId.1": "m-bp1", "Tag.1.Key": "env" };
        assert.equal(await cloud.ecs.refused("TagResources", unknown), "404 InvalidResourceId.NotFound");
    });

    it("answers a dry run with an error and changes nothing", async () => {
        const ImageId = await sharedImage();
        assert.equal(await cloud.ecs.refused("CopyImage", { ImageId, DryRun: true }), "400 DryRunOperation");
        assert.equal((await cloud.ecs.ok("DescribeImages", { ImageOwnerAlias: "self", Status: "ALL" })).TotalCount, 0);
        assert.equal(cloud.sim.pendingJobs, 0);
    });
});
