import assert from "node:assert/strict";
import { closeAll, minute, partner, type Simulated, second, simulate } from "./simulated.ts";

const instanceType = { InstanceType: "ecs.g6.large" };

describe("Alibaba ECS image attributes", () => {
    let cloud: Simulated;
    let ImageId: string;

    beforeEach(async () => {
        cloud = await simulate();
        ImageId = await cloud.ownedEcsImage("owned");
    });
    afterEach(closeAll);

    const modify = (more: Record<string, string | boolean>) =>
        cloud.ecs.call("ModifyImageAttribute", { ImageId, ...more });
    const image = async (Status = "ALL") => (await cloud.ecs.ok("DescribeImages", { ImageId, Status })).Images.Image[0];

    it("change name, description, family and boot mode, and keep omitted values", async () => {
        const change = { ImageName: "renamed", Description: "nightly", ImageFamily: "web", BootMode: "UEFI" };
        assert.equal((await modify(change)).status, 200);
        await modify({ Description: "weekly" });
        const { ImageName, Description, ImageFamily, BootMode } = await image();
        assert.deepEqual({ ImageName, Description, ImageFamily, BootMode }, { ...change, Description: "weekly" });
        assert.equal((await cloud.ecs.ok("DescribeImages", { ImageFamily: "web" })).TotalCount, 1);
    });

    it("reject invalid values, a name in use and images of others", async () => {
        const wrongs: Record<string, string>[] = [
            { ImageName: "1" },
            { ImageFamily: "acs:x" },
            { ImageFamily: "aliyun-x" },
            { Description: "x" },
            { BootMode: "CMOS" },
            { Status: "Creating" },
        ];
        for (const wrong of wrongs) {
            assert.equal((await modify(wrong)).body.Code, "InvalidParameter", JSON.stringify(wrong));
        }
        await cloud.ecs.ok("CopyImage", { ImageId, DestinationImageName: "second" });
        assert.equal((await modify({ ImageName: "second" })).body.Code, "InvalidImageName.Duplicated");
        const { Images } = await cloud.ecs.ok("DescribeImages", { ImageOwnerAlias: "others" });
        const shared = { ImageId: Images.Image[0].ImageId, ImageName: "mine" };
        assert.equal(await cloud.ecs.refused("ModifyImageAttribute", shared), "403 OperationDenied.NotImageOwner");
        assert.equal(
            await cloud.partnerEcs.refused("ModifyImageAttribute", { ImageId }),
            "404 InvalidImageId.NotFound",
        );
        assert.equal((await modify({ DryRun: true })).body.Code, "DryRunOperation");
    });

    it("deprecate an unshared image, which can then be used but neither shared nor copied", async () => {
        await cloud.ecs.ok("ModifyImageSharePermission", { ImageId, "AddAccount.1": partner.account });
        assert.equal((await modify({ Status: "Deprecated" })).body.Code, "ImageUseShared");
        await cloud.ecs.ok("ModifyImageSharePermission", { ImageId, "RemoveAccount.1": partner.account });
        assert.equal((await modify({ Status: "Deprecated" })).status, 200);
        assert.equal(await image("Available"), undefined);
        assert.deepEqual([(await image()).Status, (await image()).Progress], ["Deprecated", "100%"]);
        const share = { ImageId, "AddAccount.1": partner.account };
        assert.equal(await cloud.ecs.refused("ModifyImageSharePermission", share), "403 IncorrectImageStatus");
        assert.equal(await cloud.ecs.refused("CopyImage", { ImageId }), "403 IncorrectImageStatus");
        await cloud.ecs.ok("RunInstances", { ImageId, ...instanceType });
        assert.equal((await modify({ Status: "Available" })).status, 200);
        assert.equal((await image("Available")).ImageId, ImageId);
    });

    it("publish an image to all accounts in the region; it can then be neither shared, copied nor deleted", async () => {
        const modifyShare = (IsPublic: boolean) => cloud.ecs.ok("ModifyImageSharePermission", { ImageId, IsPublic });
        const seen = async (filter: Record<string, string | boolean>) => {
            const { Images } = await cloud.partnerEcs.ok("DescribeImages", { ImageId, ...filter });
            return Images.Image.map((one: Record<string, unknown>) => [one.ImageOwnerAlias, one.IsPublic]);
        };
        const groups = async () =>
            (await cloud.ecs.ok("DescribeImageSharePermission", { ImageId })).ShareGroups.ShareGroup;
        await modifyShare(true);
        assert.deepEqual(await groups(), [{ Group: "all" }]);
        assert.deepEqual(await seen({ IsPublic: true, ImageOwnerAlias: "others" }), [["others", true]]);
        assert.deepEqual(await seen({ ImageOwnerAlias: "others" }), []);
        await cloud.partnerEcs.ok("RunInstances", { ImageId, ...instanceType });
        const share = { ImageId, "AddAccount.1": partner.account };
        for (const [client, action, parameters] of [
            [cloud.ecs, "ModifyImageSharePermission", share],
            [cloud.ecs, "CopyImage", { ImageId }],
            [cloud.partnerEcs, "CopyImage", { ImageId }],
            [cloud.ecs, "DeleteImage", { ImageId }],
        ] as const) {
            assert.equal(await client.refused(action, parameters), "403 OperationDenied.CommunityImage", action);
        }
        await modifyShare(false);
        assert.deepEqual([await groups(), await seen({ IsPublic: true })], [[], []]);
        await cloud.ecs.ok("ModifyImageSharePermission", share);
        assert.deepEqual(await seen({}), [["others", false]]);
    });

    it("allow sharing but not publishing of an image encrypted with a customer key", async () => {
        const copies: [parameters: Record<string, string | boolean>, answer: string][] = [
            [{ Encrypted: true }, "403 OperationDenied.EncryptedImage"],
            [{ Encrypted: true, KMSKeyId: "key-1" }, "200 undefined"],
        ];
        for (const [parameters, answer] of copies) {
            const copy = await cloud.ecs.ok("CopyImage", { ImageId, ...parameters });
            cloud.advance(11 * minute);
            const own = { ImageId: copy.ImageId };
            const share = { ...own, "AddAccount.1": partner.account };
            assert.equal(await cloud.ecs.refused("ModifyImageSharePermission", share), answer);
            const publish = { ...own, IsPublic: true };
            assert.equal(
                await cloud.ecs.refused("ModifyImageSharePermission", publish),
                "403 OperationDenied.EncryptedImage",
            );
        }
    });

    it("include the features that the owner sets", async () => {
        const features = async () => (await image()).Features;
        assert.deepEqual(await features(), { NvmeSupport: "unsupported", ImdsSupport: "v1" });
        await modify({ "Features.NvmeSupport": "supported" });
        await modify({ "Features.ImdsSupport": "v2" });
        assert.deepEqual(await features(), { NvmeSupport: "supported", ImdsSupport: "v2" });
        assert.equal((await modify({ "Features.NvmeSupport": "perhaps" })).body.Code, "InvalidParameter");
    });

    it("list supported instance types", async () => {
        const asked = async (parameters: Record<string, string>) =>
            (await cloud.ecs.ok("DescribeImageSupportInstanceTypes", parameters)).InstanceTypes.InstanceType;
        const [first] = await asked({ ImageId });
        assert.deepEqual(first, {
            InstanceTypeId: "ecs.g6.large",
            InstanceTypeFamily: "ecs.g6",
            CpuCoreCount: 2,
            MemorySize: 8,
        });
        assert.equal((await asked({ "Filter.1.Key": "imageId", "Filter.1.Value": ImageId })).length, 4);
        const unknown = { ImageId: "m-bp1" };
        assert.equal(
            await cloud.ecs.refused("DescribeImageSupportInstanceTypes", unknown),
            "404 InvalidImageId.NotFound",
        );
    });

    it("include tags, by which images are found", async () => {
        const tag = { ResourceType: "image", "ResourceId.1": ImageId };
        await cloud.ecs.ok("TagResources", { ...tag, "Tag.1.Key": "a", "Tag.1.Value": "b" });
        const found = async (parameters: Record<string, string>) =>
            (await cloud.ecs.ok("ListTagResources", { ResourceType: "image", ...parameters })).TagResources.TagResource;
        const one = [{ ResourceId: ImageId, ResourceType: "image", TagKey: "a", TagValue: "b" }];
        assert.deepEqual(await found({ "ResourceId.1": ImageId }), one);
        assert.deepEqual(await found({ "Tag.1.Key": "a" }), one);
        assert.deepEqual(await found({ "Tag.1.Key": "c" }), []);
        assert.deepEqual(await found({ "ResourceId.1": "m-bp1" }), []);
        assert.deepEqual(await found({ ResourceType: "instance" }), []);
    });

    it("select the newest available image of a family", async () => {
        const newest = async () => (await cloud.ecs.ok("DescribeImageFromFamily", { ImageFamily: "web" })).Image;
        assert.equal(await newest(), undefined);
        await modify({ ImageFamily: "web" });
        const copy = await cloud.ecs.ok("CopyImage", { ImageId });
        cloud.advance(11 * minute);
        await cloud.ecs.ok("ModifyImageAttribute", { ImageId: copy.ImageId, ImageFamily: "web" });
        assert.equal((await newest()).ImageId, copy.ImageId);
        const { InstanceIdSets } = await cloud.ecs.ok("RunInstances", { ImageFamily: "web", ...instanceType });
        const [instance] = (await cloud.ecs.ok("DescribeInstances")).Instances.Instance;
        assert.deepEqual([instance.InstanceId, instance.ImageId], [InstanceIdSets.InstanceIdSet[0], copy.ImageId]);
        await cloud.ecs.ok("ModifyImageAttribute", { ImageId: copy.ImageId, Status: "Deprecated" });
        assert.equal((await newest()).ImageId, ImageId);
        const none = { ImageFamily: "none", ...instanceType };
        assert.equal(await cloud.ecs.refused("RunInstances", none), "400 MissingImageId");
        assert.equal(await cloud.ecs.refused("DescribeImageFromFamily", {}), "400 MissingImageFamily");
    });

    it("prevent deletion while another account copies the image", async () => {
        await cloud.ecs.ok("ModifyImageSharePermission", { ImageId, "AddAccount.1": partner.account });
        await cloud.partnerEcs.ok("CopyImage", { ImageId });
        await cloud.ecs.ok("ModifyImageSharePermission", { ImageId, "RemoveAccount.1": partner.account });
        assert.equal(await cloud.ecs.refused("DeleteImage", { ImageId }), "403 OperationDenied.ImageCopying");
        cloud.advance(10 * minute);
        await cloud.ecs.ok("DeleteImage", { ImageId });
    });

    it("prevent deletion in Simple Application Server while ECS copies the image", async () => {
        const { imageId } = await cloud.image("source");
        const share = (Operation: string) => cloud.swas.ok("ModifyImageShareStatus", { ImageId: imageId, Operation });
        await share("Share");
        await cloud.ecs.ok("CopyImage", { ImageId: imageId });
        await share("UnShare");
        assert.equal(await cloud.swas.refused("DeleteCustomImage", { ImageId: imageId }), "400 IncorrectStatus");
        cloud.advance(10 * minute);
        await cloud.swas.ok("DeleteCustomImage", { ImageId: imageId });
    });

    it("apply to instances that reboot, on their own disks", async () => {
        const { InstanceIdSets } = await cloud.ecs.ok("RunInstances", { ImageId, ...instanceType });
        const [InstanceId] = InstanceIdSets.InstanceIdSet;
        assert.equal(await cloud.ecs.refused("RebootInstance", { InstanceId }), "403 IncorrectInstanceStatus");
        cloud.advance(minute);
        const { Disks } = await cloud.ecs.ok("DescribeDisks", { InstanceId });
        const [{ DiskId, Type, Size, Status, ImageId: onDisk }] = Disks.Disk;
        assert.deepEqual([Type, Size, Status, onDisk], ["system", 40, "In_use", ImageId]);
        assert.match(DiskId, /^d-bp/);
        await cloud.ecs.ok("RebootInstance", { InstanceId });
        const status = async () => (await cloud.ecs.ok("DescribeInstances")).Instances.Instance[0].Status;
        assert.equal(await status(), "Starting");
        cloud.advance(40 * second);
        assert.equal(await status(), "Running");
    });
});
