import assert from "node:assert/strict";
import { closeAll, minute, type Simulated, second, simulate, volumeGroup, web, windows } from "./simulated.ts";

describe("Alibaba SWAS servers", () => {
    let cloud: Simulated;

    beforeEach(async () => {
        cloud = await simulate();
    });
    afterEach(closeAll);

    const create = async (parameters: Record<string, string | number>) =>
        cloud.swas.ok("CreateInstances", { PlanId: "swas.s2.c2m4s60b5t12", Period: 1, ...parameters });

    it("are created from an image in three steps, with the disks of plan and request", async () => {
        const { imageId } = await cloud.image("web-golden-1");
        const { InstanceIds } = await create({ ImageId: imageId, DataDiskSize: 20, Amount: 2 });
        assert.equal(InstanceIds.length, 2);
        assert.match(InstanceIds[0], /^[0-9a-f]{32}$/);
        const server = async () =>
            (await cloud.swas.ok("ListInstances", { InstanceIds: JSON.stringify([InstanceIds[0]]) })).Instances[0];
        assert.equal((await server()).Status, "Pending");
        cloud.advance(30 * second);
        assert.equal((await server()).Status, "Starting");
        cloud.advance(60 * second);
        const { Status, Image, ResourceSpec, Disks, CreationTime, ChargeType } = await server();
        assert.deepEqual(
            { Status, Image, ResourceSpec, CreationTime, ChargeType },
            {
                Status: "Running",
                Image: { ImageName: "web-golden-1", ImageType: "custom", ImageVersion: "22.04", OsType: "Linux" },
                ResourceSpec: { Cpu: 2, Memory: 4, DiskSize: 60, DiskCategory: "ESSD", Bandwidth: 5, Flow: 1200 },
                CreationTime: "2026-01-01T00:04:00Z",
                ChargeType: "PrePaid",
            },
        );
        assert.deepEqual(
            Disks.map((disk: { DiskType: string; Size: number; Device: string }) => [
                disk.DiskType,
                disk.Size,
                disk.Device,
            ]),
            [
                ["system", 60, "/dev/xvda"],
                ["data", 20, "/dev/xvdb"],
            ],
        );
        const { CustomImages } = await cloud.swas.ok("ListCustomImages");
        assert.deepEqual(CustomImages[0].CreateInstances, InstanceIds);
    });

    it("require disks that hold their image, a known plan and a whole number of months", async () => {
        const ofWindows = await cloud.image("windows-1", windows);
        const small = { ImageId: ofWindows.imageId, PlanId: "swas.s2.c2m1s40b3t04", Period: 1 };
        assert.equal(await cloud.swas.refused("CreateInstances", small), "400 InvalidPlanId.DiskSizeTooSmall");
        const fitting = { ...small, PlanId: "swas.s2.c2m4s60b5t12" };
        for (const [change, expected] of [
            [{ PlanId: "swas.none" }, "404 InvalidPlanId.NotFound"],
            [{ Period: 2 }, "400 InvalidParameter"],
            [{ DataDiskSize: 30 }, "400 InvalidParameter"],
            [{ Amount: 21 }, "400 InvalidParameter"],
            [{ AutoRenew: true }, "400 MissingAutoRenewPeriod"],
        ] as const) {
            const request: Record<string, string | number | boolean> = { ...fitting, ...change };
            assert.equal(await cloud.swas.refused("CreateInstances", request), expected);
        }
        await cloud.swas.ok("CreateInstances", fitting);
    });

    it("require a data disk as large as the image's", async () => {
        const systemSnapshot = await cloud.snapshot("system");
        const { Disks } = await cloud.swas.ok("ListDisks", { InstanceId: web, DiskType: "data" });
        const data = await cloud.swas.ok("CreateSnapshot", { DiskId: Disks[0].DiskId, SnapshotName: "data" });
        cloud.advance(minute);
        const { ImageId } = await cloud.swas.ok("CreateCustomImage", {
            InstanceId: web,
            SystemSnapshotId: systemSnapshot,
            DataSnapshotId: data.SnapshotId,
            ImageName: "both",
        });
        cloud.advance(3 * minute);
        const request = { ImageId, PlanId: "swas.s2.c2m1s40b3t04", Period: 1 };
        assert.equal(await cloud.swas.refused("CreateInstances", request), "400 InvalidDataDiskSize.TooSmall");
        await cloud.swas.ok("CreateInstances", { ...request, DataDiskSize: 40 });
    });

    it("can be imaged while they are running or stopped, not during a change", async () => {
        const SystemSnapshotId = await cloud.snapshot("one");
        const image = { InstanceId: web, SystemSnapshotId, ImageName: "image" };
        await cloud.swas.ok("StopInstance", { InstanceId: web });
        assert.equal(await cloud.swas.refused("CreateCustomImage", image), "403 IncorrectInstanceStatus");
        cloud.advance(20 * second);
        await cloud.swas.ok("CreateCustomImage", image);
    });

    it("are limited to 50 in a region", async () => {
        const { Images } = await cloud.swas.ok("ListImages");
        const ImageId = Images[0].ImageId;
        for (const Amount of [20, 20, 6]) await create({ ImageId, Amount });
        const one = { ImageId, PlanId: "swas.s2.c2m4s60b5t12", Period: 1 };
        assert.equal(await cloud.swas.refused("CreateInstances", one), "400 ExceedAccountQuota");
        await cloud.shanghai.ok("CreateInstances", one);
    });

    it("are renamed after their creation", async () => {
        await cloud.swas.ok("UpdateInstanceAttribute", { InstanceId: web, InstanceName: "renamed" });
        const { Instances } = await cloud.swas.ok("ListInstances", { InstanceName: "ren*" });
        assert.deepEqual(
            Instances.map(({ InstanceId }: { InstanceId: string }) => InstanceId),
            [web],
        );
    });

    it("are deleted by a refund with their disks, snapshots and images, but without copies", async () => {
        const { imageId } = await cloud.image("web-golden-1");
        const kept = await cloud.image("windows-1", windows);
        const copy = { ImageId: imageId, DestinationRegionId: "cn-shanghai", DestinationImageName: "copy" };
        await cloud.swas.ok("CopyCustomImage", copy);
        cloud.advance(10 * minute);
        await cloud.swas.ok("ModifyImageShareStatus", { ImageId: imageId, Operation: "Share" });
        const refund = { InstanceId: web, ProductCode: "swas", ImmediatelyRelease: "1", ClientToken: "refund-1" };
        const { Success } = await cloud.bss.ok("RefundInstance", refund);
        assert.equal(Success, true);
        const left = async (action: string, list: string, id: string) =>
            (await cloud.swas.ok(action))[list].map((item: Record<string, string>) => item[id]);
        assert.equal((await left("ListInstances", "Instances", "InstanceId")).includes(web), false);
        assert.equal((await left("ListDisks", "Disks", "InstanceId")).includes(web), false);
        assert.deepEqual(await left("ListSnapshots", "Snapshots", "SnapshotId"), [kept.snapshotId]);
        assert.deepEqual(await left("ListCustomImages", "CustomImages", "ImageId"), [kept.imageId]);
        assert.equal((await cloud.ecs.ok("DescribeImages", { ImageId: imageId })).TotalCount, 0);
        const { CustomImages } = await cloud.shanghai.ok("ListCustomImages");
        assert.deepEqual([CustomImages[0].Name, CustomImages[0].Status], ["copy", "1"]);
        const again = { ...refund, ClientToken: "refund-2" };
        assert.equal(await cloud.bss.refused("RefundInstance", again), "404 InvalidInstanceId.NotFound");
    });

    it("are deleted later if the refund does not release them immediately", async () => {
        await cloud.bss.ok("RefundInstance", { InstanceId: web, ProductCode: "swas", ImmediatelyRelease: "0" });
        const count = async () => (await cloud.swas.ok("ListInstances")).TotalCount;
        assert.equal(await count(), 4);
        cloud.advance(10 * minute);
        assert.equal(await count(), 3);
    });

    it("have tags, as do their snapshots, images and disks", async () => {
        const { imageId, snapshotId } = await cloud.image("tagged");
        const targets = { instance: web, snapshot: snapshotId, customimage: imageId, disk: await cloud.systemDisk() };
        for (const [ResourceType, id] of Object.entries(targets)) {
            const target = { ResourceType, "ResourceId.1": id };
            await cloud.swas.ok("TagResources", {
                ...target,
                "Tag.1.Key": "env",
                "Tag.1.Value": "prod",
                "Tag.2.Key": "team",
            });
            await cloud.swas.ok("UntagResources", { ...target, "TagKey.1": "team" });
            const { TagResources } = await cloud.swas.ok("ListTagResources", target);
            assert.deepEqual(TagResources.TagResource, [
                {
                    ResourceId: id,
                    ResourceType: `ALIYUN::SWAS::${ResourceType.toUpperCase()}`,
                    TagKey: "env",
                    TagValue: "prod",
                },
            ]);
        }
        const filter = { "Tag.1.Key": "env", "Tag.1.Value": "prod" };
        assert.equal((await cloud.swas.ok("ListInstances", filter)).TotalCount, 1);
        assert.equal((await cloud.swas.ok("ListCustomImages", { ...filter, "Tag.2.Key": "team" })).TotalCount, "0");
        const unknown = { ResourceType: "instance", "ResourceId.1": "0", "Tag.1.Key": "env" };
        assert.equal(await cloud.swas.refused("TagResources", unknown), "404 InvalidResourceId.NotFound");
        await cloud.swas.ok("UntagResources", { ResourceType: "instance", "ResourceId.1": web, All: true });
        assert.equal((await cloud.swas.ok("ListInstances", filter)).TotalCount, 0);
    });

    it("answer commands with the facts of their guest", async () => {
        const run = async (server: string, content: string) => {
            const { InvokeId } = await cloud.swas.ok("RunCommand", {
                InstanceId: server,
                Name: "look",
                Type: server === windows ? "RunPowerShellScript" : "RunShellScript",
                CommandContent: content,
            });
            const result = async () =>
                (await cloud.swas.ok("DescribeInvocationResult", { InstanceId: server, InvokeId })).InvocationResult;
            assert.equal((await result()).InvocationStatus, "Running");
            cloud.advance(2 * second);
            const { InvocationStatus, ExitCode, Output } = await result();
            return [InvocationStatus, ExitCode, Buffer.from(Output, "base64").toString().trim()];
        };
        assert.deepEqual(await run(windows, "Get-StorageSetting"), ["Success", 0, "NewDiskPolicy : OfflineShared"]);
        assert.match(String(await run(volumeGroup, "pvs")), /Success,0,.*vda2 data.*vdb data/s);
        assert.deepEqual(await run(web, "pvs"), ["Success", 0, ""]);
        assert.deepEqual(await run(web, "frobnicate now"), ["Failed", 127, "frobnicate: command not found"]);
        const toStopped = { InstanceId: "ace0706b2ac4454d984295a942130004", Name: "x", Type: "RunShellScript" };
        assert.equal(
            await cloud.swas.refused("RunCommand", { ...toStopped, CommandContent: "sync" }),
            "403 IncorrectInstanceStatus",
        );
    });
});
