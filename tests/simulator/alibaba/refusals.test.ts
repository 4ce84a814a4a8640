import assert from "node:assert/strict";
import {
    closeAll,
    minute,
    partner,
    type Simulated,
    second,
    simulate,
    stopped,
    volumeGroup,
    web,
    windows,
} from "./simulated.ts";

const plan = { PlanId: "swas.s2.c2m1s40b3t04", Period: 1 };

// docs/reference/swas-images.md#image-errors and docs/reference/swas-images.md#quotas.
describe("Alibaba SWAS refuses", () => {
    let cloud: Simulated;

    beforeEach(async () => {
        cloud = await simulate();
    });
    afterEach(closeAll);

    it("the 16th image of an account", async () => {
        const snapshotId = await cloud.snapshot("one");
        for (let count = 1; count <= 12; count++) await cloud.imageFrom(snapshotId, `image-${count}`);
        const thirteenth = { InstanceId: web, SystemSnapshotId: snapshotId, ImageName: "image-13" };
        // Four servers allow twelve images.
        assert.equal(await cloud.swas.refused("CreateCustomImage", thirteenth), "400 CustomImageQuotaLimit");
        const { Images } = await cloud.swas.ok("ListImages", { ImageType: "system" });
        await cloud.shanghai.ok("CreateInstances", { ...plan, ImageId: Images[0].ImageId, Amount: 3 });
        for (let count = 13; count <= 15; count++) await cloud.imageFrom(snapshotId, `image-${count}`);
        const sixteenth = { ...thirteenth, ImageName: "image-16" };
        assert.equal(await cloud.swas.refused("CreateCustomImage", sixteenth), "400 CustomImageQuotaLimit");
        const { CustomImages } = await cloud.swas.ok("ListCustomImages", { PageSize: 100 });
        const copy = {
            ImageId: CustomImages[0].ImageId,
            DestinationRegionId: "cn-shanghai",
            DestinationImageName: "copy",
        };
        assert.equal(await cloud.swas.refused("CopyCustomImage", copy), "400 CustomImageQuotaLimit");
    });

    it("the 4th snapshot of a server", async () => {
        for (const name of ["one", "two", "three"]) await cloud.snapshot(name);
        const DiskId = await cloud.systemDisk();
        assert.equal(
            await cloud.swas.refused("CreateSnapshot", { DiskId, SnapshotName: "four" }),
            "400 QuotaExceed.Snapshot",
        );
        const { Disks } = await cloud.swas.ok("ListDisks", { InstanceId: web, DiskType: "data" });
        const ofDataDisk = { DiskId: Disks[0].DiskId, SnapshotName: "four" };
        assert.equal(await cloud.swas.refused("CreateSnapshot", ofDataDisk), "400 QuotaExceed.Snapshot");
    });

    it("the 16th snapshot of an account, regardless of its number of servers", async () => {
        for (const server of [web, windows, volumeGroup, stopped]) {
            for (const name of ["one", "two", "three"]) await cloud.snapshot(`${name}-${server.slice(-2)}`, server);
        }
        const { Images } = await cloud.swas.ok("ListImages");
        await cloud.swas.ok("CreateInstances", { ...plan, ImageId: Images[0].ImageId });
        cloud.advance(2 * minute);
        const { Instances } = await cloud.swas.ok("ListInstances", { PageNumber: 5, PageSize: 1 });
        for (const name of ["13", "14", "15"]) await cloud.snapshot(`number-${name}`, Instances[0].InstanceId);
        await cloud.swas.ok("CreateInstances", { ...plan, ImageId: Images[0].ImageId });
        cloud.advance(2 * minute);
        const sixth = (await cloud.swas.ok("ListInstances")).Instances.at(-1).InstanceId;
        const request = { DiskId: await cloud.systemDisk(sixth), SnapshotName: "number-16" };
        assert.equal(await cloud.swas.refused("CreateSnapshot", request), "400 QuotaExceed.Snapshot");
    });

    it("a name that is in use, of an image and of a snapshot", async () => {
        const { snapshotId } = await cloud.image("same");
        const again = { InstanceId: web, SystemSnapshotId: snapshotId, ImageName: "same" };
        assert.equal(await cloud.swas.refused("CreateCustomImage", again), "400 ImageNameAlreadyExist");
        const request = { DiskId: await cloud.systemDisk(), SnapshotName: "snapshot-same" };
        assert.equal(await cloud.swas.refused("CreateSnapshot", request), "400 InvalidRemark.Duplicate");
    });

    it("a second snapshot while one is running on the disk", async () => {
        const DiskId = await cloud.systemDisk();
        await cloud.swas.ok("CreateSnapshot", { DiskId, SnapshotName: "one" });
        const second = { DiskId, SnapshotName: "two" };
        assert.equal(await cloud.swas.refused("CreateSnapshot", second), "403 IncorrectDiskStatus.CreatingSnapshot");
        cloud.advance(minute);
        await cloud.swas.ok("CreateSnapshot", second);
    });

    it("an image from a snapshot that is not accomplished, of another server or of another kind of disk", async () => {
        const { swas } = cloud;
        const DiskId = await cloud.systemDisk();
        const { SnapshotId } = await swas.ok("CreateSnapshot", { DiskId, SnapshotName: "one" });
        const request = { InstanceId: web, SystemSnapshotId: SnapshotId, ImageName: "image" };
        assert.equal(await swas.refused("CreateCustomImage", request), "400 IncorrectStatus");
        cloud.advance(minute);
        const other = { ...request, InstanceId: windows };
        assert.equal(await swas.refused("CreateCustomImage", other), "404 InvalidSnapshotId.NotFound");
        const asData = { ...request, DataSnapshotId: SnapshotId };
        assert.equal(await swas.refused("CreateCustomImage", asData), "404 InvalidSnapshotId.NotFound");
        const without = { InstanceId: web, ImageName: "image" };
        assert.equal(await swas.refused("CreateCustomImage", without), "400 MissingSystemSnapshotId");
        await swas.ok("CreateCustomImage", request);
    });

    it("to delete a snapshot with an image, finished or not", async () => {
        const snapshotId = await cloud.snapshot("one");
        const { ImageId } = await cloud.swas.ok("CreateCustomImage", {
            InstanceId: web,
            SystemSnapshotId: snapshotId,
            ImageName: "image",
        });
        const request = { SnapshotId: snapshotId };
        assert.equal(await cloud.swas.refused("DeleteSnapshot", request), "403 SnapshotCreatedImage");
        cloud.advance(3 * minute);
        assert.equal(await cloud.swas.refused("DeleteSnapshot", request), "403 SnapshotCreatedImage");
        await cloud.swas.ok("DeleteCustomImage", { ImageId });
        await cloud.swas.ok("DeleteSnapshot", request);
    });

    it("to share, unshare or delete an image that is being created", async () => {
        const snapshotId = await cloud.snapshot("one");
        const { ImageId } = await cloud.swas.ok("CreateCustomImage", {
            InstanceId: web,
            SystemSnapshotId: snapshotId,
            ImageName: "image",
        });
        const share = { ImageId, Operation: "Share" };
        assert.equal(await cloud.swas.refused("ModifyImageShareStatus", share), "400 IncorrectStatus");
        const account = { ImageId, "Account.1": partner.account };
        assert.equal(await cloud.swas.refused("AddCustomImageShareAccount", account), "400 IncorrectStatus");
        assert.equal(await cloud.swas.refused("DeleteCustomImage", { ImageId }), "400 IncorrectStatus");
        assert.equal(await cloud.swas.refused("CreateInstances", { ...plan, ImageId }), "400 IncorrectStatus");
    });

    it("a share operation in the wrong case, or without a value", async () => {
        const { imageId } = await cloud.image("image");
        for (const Operation of ["share", "Unshare", ""]) {
            const request = { ImageId: imageId, Operation };
            assert.equal(
                await cloud.swas.refused("ModifyImageShareStatus", request),
                "400 InvalidParam.OperationIllegal",
            );
        }
        assert.equal(
            await cloud.swas.refused("ModifyImageShareStatus", { ImageId: imageId }),
            "400 InvalidParam.OperationIllegal",
        );
    });

    it("to share with the owner, with no account, or with an unknown account", async () => {
        const ImageId = (await cloud.image("image")).imageId;
        const add = (account: string) =>
            cloud.swas.refused("AddCustomImageShareAccount", { ImageId, "Account.1": account });
        assert.equal(await add("1000000000000001"), "400 InvalidAccount.NotFound");
        assert.equal(await add("9999999999999999"), "400 InvalidAccount.NotFound");
        assert.equal(await add("partner"), "400 InvalidParameter");
        assert.equal(await cloud.swas.refused("AddCustomImageShareAccount", { ImageId }), "400 MissingAccount");
    });

    it("unknown objects", async () => {
        const unknown: [string, Record<string, string>, string][] = [
            ["CreateSnapshot", { DiskId: "d-bp1", SnapshotName: "one" }, "404 InvalidDiskId.NotFound"],
            ["DeleteSnapshot", { SnapshotId: "s-bp1" }, "404 InvalidSnapshotId.NotFound"],
            ["StartInstance", { InstanceId: "0" }, "404 InvalidInstanceId.NotFound"],
            ["ListDisks", { InstanceId: "0" }, "404 InvalidInstanceId.NotFound"],
            [
                "CreateCustomImage",
                { InstanceId: "0", ImageName: "image", SystemSnapshotId: "s" },
                "404 InvalidInstanceId.NotFound",
            ],
            [
                "CreateCustomImage",
                { InstanceId: web, ImageName: "image", SystemSnapshotId: "s" },
                "404 InvalidSnapshotId.NotFound",
            ],
            ["DeleteCustomImage", { ImageId: "m-bp1" }, "404 InvalidImageId.NotFound"],
            ["ModifyImageShareStatus", { ImageId: "m-bp1", Operation: "Share" }, "404 InvalidImageId.NotFound"],
            ["ListCustomImageShareAccounts", { ImageId: "m-bp1" }, "404 InvalidImageId.NotFound"],
            ["CreateInstances", { ImageId: "m-bp1", PlanId: "p", Period: "1" }, "404 InvalidImageId.NotFound"],
            ["DeleteEverything", {}, "404 InvalidAction.NotFound"],
            ["ListInstances", { RegionId: "mars-1" }, "404 InvalidRegionId.NotFound"],
            ["ListInstances", { RegionId: "" }, "400 MissingRegionId"],
        ];
        for (const [action, parameters, expected] of unknown) {
            assert.equal(await cloud.swas.refused(action, parameters), expected, action);
        }
    });

    it("invalid values", async () => {
        const DiskId = await cloud.systemDisk();
        const image = { InstanceId: web, SystemSnapshotId: await cloud.snapshot("one") };
        const wrong: [string, Record<string, string>, string][] = [
            ["CreateSnapshot", { DiskId, SnapshotName: "a" }, "400 InvalidRemark.ValueNotSupported"],
            ["CreateSnapshot", { DiskId, SnapshotName: "1a" }, "400 InvalidRemark.ValueNotSupported"],
            ["CreateSnapshot", { DiskId, SnapshotName: "http://a" }, "400 InvalidRemark.ValueNotSupported"],
            ["CreateSnapshot", { DiskId, SnapshotName: "a".repeat(51) }, "400 InvalidRemark.ValueNotSupported"],
            ["CreateCustomImage", { ...image, ImageName: "a.b" }, "400 InvalidParameter"],
            ["CreateCustomImage", { ...image, ImageName: "a".repeat(129) }, "400 InvalidParameter"],
            ["CreateCustomImage", { ...image, ImageName: "ab", "Tag.1.Key": "acs:x" }, "400 InvalidParameter"],
            ["ListSnapshots", { PageSize: "101" }, "400 InvalidParameter"],
            ["ListSnapshots", { PageNumber: "0" }, "400 InvalidParameter"],
            ["ListSnapshots", { SnapshotIds: "s-1" }, "400 InvalidParameter"],
            ["ListSnapshots", { SnapshotIds: "[1]" }, "400 InvalidParameter"],
            ["ListCustomImages", { Share: "yes" }, "400 InvalidParameter"],
        ];
        for (const [action, parameters, expected] of wrong) {
            assert.equal(await cloud.swas.refused(action, parameters), expected, JSON.stringify(parameters));
        }
        await cloud.swas.ok("CreateCustomImage", { ...image, ImageName: "ab" });
    });

    it("to start, stop or reboot a server with the wrong status", async () => {
        const { swas } = cloud;
        const status = async () =>
            (await swas.ok("ListInstanceStatus", { InstanceIds: JSON.stringify([web]) })).InstanceStatuses[0].Status;
        const server = { InstanceId: web };
        assert.equal(await swas.refused("StartInstance", server), "403 IncorrectInstanceStatus");
        await swas.ok("StopInstance", server);
        assert.equal(await status(), "Stopping");
        assert.equal(await swas.refused("StopInstance", server), "403 IncorrectInstanceStatus");
        const DiskId = await cloud.systemDisk();
        const snapshot = { DiskId, SnapshotName: "one" };
        assert.equal(await swas.refused("CreateSnapshot", snapshot), "403 IncorrectInstanceStatus");
        cloud.advance(20 * second);
        assert.equal(await status(), "Stopped");
        assert.equal(await swas.refused("RebootInstance", server), "403 IncorrectInstanceStatus");
        await swas.ok("CreateSnapshot", snapshot);
        await swas.ok("StartInstance", server);
        assert.equal(await status(), "Starting");
        cloud.advance(minute);
        assert.equal(await status(), "Running");
        await swas.ok("RebootInstance", server);
        assert.equal(await status(), "Starting");
    });
});
