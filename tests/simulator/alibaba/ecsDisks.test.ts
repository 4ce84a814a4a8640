import assert from "node:assert/strict";
import { closeAll, minute, type Simulated, simulate, web } from "./simulated.ts";

type Changes = Record<string, string | number | boolean>;

describe("Alibaba ECS instances and their disks", () => {
    let cloud: Simulated;
    let ubuntu: string;

    beforeEach(async () => {
        cloud = await simulate();
        const { Images } = await cloud.ecs.ok("DescribeImages", { ImageOwnerAlias: "system", OSType: "linux" });
        ubuntu = Images.Image[0].ImageId;
    });
    afterEach(closeAll);

    const wish = (changes: Changes = {}) => ({ ImageId: ubuntu, InstanceType: "ecs.g6.large", ...changes });
    const run = async (changes: Changes = {}): Promise<string> => {
        const { InstanceIdSets } = await cloud.ecs.ok("RunInstances", wish(changes));
        cloud.advance(2 * minute);
        return InstanceIdSets.InstanceIdSet[0];
    };
    const disks = async (filter: Changes = {}) => (await cloud.ecs.ok("DescribeDisks", filter)).Disks.Disk;
    const shown = async (InstanceId: string) =>
        (await disks({ InstanceId })).map((disk: Record<string, unknown>) => [disk.Type, disk.Device, disk.Size]);

    /** An ECS image with a system and a data disk of 40 GiB. */
    async function imageWithData(): Promise<string> {
        const { Disks } = await cloud.swas.ok("ListDisks", { InstanceId: web });
        const [system, data] = Disks;
        const SystemSnapshotId = (
            await cloud.swas.ok("CreateSnapshot", { DiskId: system.DiskId, SnapshotName: "system" })
        ).SnapshotId;
        const DataSnapshotId = (await cloud.swas.ok("CreateSnapshot", { DiskId: data.DiskId, SnapshotName: "data" }))
            .SnapshotId;
        cloud.advance(minute);
        const asked = { InstanceId: web, ImageName: "whole", SystemSnapshotId, DataSnapshotId };
        const { ImageId } = await cloud.swas.ok("CreateCustomImage", asked);
        cloud.advance(3 * minute);
        await cloud.swas.ok("ModifyImageShareStatus", { ImageId, Operation: "Share" });
        const copy = await cloud.ecs.ok("CopyImage", { ImageId, DestinationImageName: "whole" });
        cloud.advance(11 * minute);
        return copy.ImageId;
    }

    it("have the data disks of their image, created from its snapshots, and those of the request", async () => {
        const ImageId = await imageWithData();
        const { Images } = await cloud.ecs.ok("DescribeImages", { ImageId });
        const mappings: Record<string, string>[] = Images.Image[0].DiskDeviceMappings.DiskDeviceMapping;
        assert.deepEqual(
            mappings.map(({ Type, Device, Size }) => [Type, Device, Size]),
            [
                ["system", "/dev/xvda", "40"],
                ["data", "/dev/xvdb", "40"],
            ],
        );
        const id = await run({ ImageId, "DataDisk.1.Size": 100 });
        assert.deepEqual(await shown(id), [
            ["system", "/dev/xvda", 40],
            ["data", "/dev/xvdb", 40],
            ["data", "/dev/xvdc", 100],
        ]);
        const own = await disks({ InstanceId: id });
        assert.deepEqual(
            own.map(({ SourceSnapshotId }: Record<string, string>) => SourceSnapshotId),
            [...mappings.map(({ SnapshotId }) => SnapshotId), ""],
        );
        const larger = await run({ ImageId, "DataDisk.1.Device": "/dev/xvdb", "DataDisk.1.Size": 60 });
        assert.deepEqual((await shown(larger))[1], ["data", "/dev/xvdb", 60]);
        assert.equal((await shown(larger)).length, 2);
        const smaller = { ImageId, "DataDisk.1.Device": "/dev/xvdb", "DataDisk.1.Size": 20 };
        assert.equal(
            await cloud.ecs.refused("RunInstances", wish(smaller)),
            "403 InvalidDataDiskSize.ValueNotSupported",
        );
    });

    it("prevent the deletion of a snapshot that they were created from, except with Force", async () => {
        const ImageId = await imageWithData();
        const id = await run({ ImageId });
        const { Snapshots } = await cloud.ecs.ok("DescribeSnapshots");
        const [{ SnapshotId }] = Snapshots.Snapshot;
        await cloud.ecs.ok("DeleteImage", { ImageId, Force: true });
        assert.equal(await cloud.ecs.refused("DeleteSnapshot", { SnapshotId }), "403 SnapshotCreatedDisk");
        const copy = await run({ "DataDisk.1.SnapshotId": SnapshotId, "DataDisk.1.Size": 500 });
        assert.deepEqual((await shown(copy))[1], ["data", "/dev/xvdb", 40]);
        await cloud.ecs.ok("DeleteSnapshot", { SnapshotId, Force: true });
        await cloud.ecs.ok("DeleteSnapshot", { SnapshotId });
        assert.equal((await shown(id)).length, 2);
    });

    it("are deleted with the instance, or kept until they are deleted", async () => {
        const InstanceId = await run({
            "DataDisk.1.Size": 20,
            "DataDisk.2.Size": 40,
            // As Python writes it.
            "DataDisk.2.DeleteWithInstance": "False",
        });
        const [, , kept] = await disks({ InstanceId });
        const DiskId = kept.DiskId;
        assert.equal(await cloud.ecs.refused("DeleteDisk", { DiskId }), "403 IncorrectDiskStatus");
        await cloud.ecs.ok("DeleteInstance", { InstanceId, Force: true });
        const left = await disks();
        assert.deepEqual(
            left.map((disk: Record<string, unknown>) => [disk.DiskId, disk.Status, disk.InstanceId, disk.Size]),
            [[DiskId, "Available", "", 40]],
        );
        await cloud.ecs.ok("DeleteDisk", { DiskId });
        assert.equal(await cloud.ecs.refused("DeleteDisk", { DiskId }), "404 InvalidDiskId.NotFound");
        assert.deepEqual(await disks(), []);
    });

    it("are replaced: a new system disk, unchanged data disks", async () => {
        const InstanceId = await run({ "DataDisk.1.Size": 20, "SystemDisk.Category": "cloud_ssd" });
        const replace = { InstanceId, ImageId: ubuntu };
        assert.equal(await cloud.ecs.refused("ReplaceSystemDisk", replace), "403 IncorrectInstanceStatus");
        await cloud.ecs.ok("StopInstance", { InstanceId });
        cloud.advance(minute);
        const before = await disks({ InstanceId });
        const { DiskId } = await cloud.ecs.ok("ReplaceSystemDisk", { ...replace, "SystemDisk.Size": 60 });
        const after = await disks({ InstanceId });
        assert.ok(!before.some((disk: Record<string, string>) => disk.DiskId === DiskId));
        const [data, system] = after;
        assert.deepEqual([data.DiskId, system.DiskId, system.Size], [before[1].DiskId, DiskId, 60]);
        assert.equal(system.Category, "cloud_ssd");
        const smaller = { ...replace, "SystemDisk.Size": 40 };
        assert.equal(
            await cloud.ecs.refused("ReplaceSystemDisk", smaller),
            "400 InvalidSystemDiskSize.LessThanMinSize",
        );
        const password = { ...replace, Password: "short" };
        assert.equal(await cloud.ecs.refused("ReplaceSystemDisk", password), "400 InvalidPassword.Malformed");
        const inherit = { ...replace, PasswordInherit: true };
        assert.equal(await cloud.ecs.refused("ReplaceSystemDisk", inherit), "400 InvalidParameter.PasswordInherit");
    });

    it("have the requested properties", async () => {
        const InstanceId = await run({
            InstanceName: "app",
            HostName: "app-1",
            Description: "a b",
            InternetMaxBandwidthOut: 5,
            VSwitchId: "vsw-1",
            SecurityGroupId: "sg-1",
            "SecurityGroupIds.1": "sg-2",
            ResourceGroupId: "rg-1",
            UserData: "ZWNobyBvaw==",
            Password: "Secret-pass-1",
        });
        const { Instances } = await cloud.ecs.ok("DescribeInstances", {
            ResourceGroupId: "rg-1",
            SecurityGroupId: "sg-2",
        });
        const [instance] = Instances.Instance;
        assert.equal(instance.InstanceId, InstanceId);
        const { HostName, Description, InternetMaxBandwidthOut, InstanceNetworkType, InstanceTypeFamily } = instance;
        assert.deepEqual(
            [HostName, Description, InternetMaxBandwidthOut, InstanceNetworkType, InstanceTypeFamily],
            ["app-1", "a b", 5, "vpc", "ecs.g6"],
        );
        assert.equal(instance.PublicIpAddress.IpAddress.length, 1);
        assert.deepEqual(instance.SecurityGroupIds.SecurityGroupId, ["sg-1", "sg-2"]);
    });

    it("cannot be deleted while they are protected or prepaid", async () => {
        const guarded = await run({ DeletionProtection: true });
        const refused = (InstanceId: string) => cloud.ecs.refused("DeleteInstance", { InstanceId, Force: true });
        assert.equal(await refused(guarded), "403 InvalidOperation.DeletionProtection");
        const paid = await run({ InstanceChargeType: "PrePaid", Period: 1 });
        assert.equal(await refused(paid), "403 ChargeTypeViolation");
        await cloud.ecs.ok("DeleteInstance", { InstanceId: paid, Force: true, TerminateSubscription: true });
    });

    const apiErrors: [what: string, changes: Changes, answer: string][] = [
        ["a password of too few classes", { Password: "alllowercase" }, "400 InvalidPassword.Malformed"],
        ["the password of a public image", { PasswordInherit: true }, "400 InvalidParameter.PasswordInherit"],
        ["MinAmount greater than Amount", { Amount: 1, MinAmount: 2 }, "400 InvalidMinAmount.ValueNotSupported"],
        ["a subscription without a period", { InstanceChargeType: "PrePaid" }, "400 MissingPeriod"],
        ["a launch template", { LaunchTemplateId: "lt-1" }, "404 InvalidLaunchTemplate.NotFound"],
        ["a data disk of 19 GiB", { "DataDisk.1.Size": 19 }, "400 InvalidParameter"],
        ["a data disk without a size", { "DataDisk.1.Category": "cloud_ssd" }, "400 InvalidParameter"],
        [
            "a data disk of an unknown category",
            { "DataDisk.1.Size": 20, "DataDisk.1.Category": "x" },
            "400 InvalidParameter",
        ],
        ["a data disk from an unknown snapshot", { "DataDisk.1.SnapshotId": "s-1" }, "404 InvalidSnapshotId.NotFound"],
        [
            "two disks with one device",
            {
                "DataDisk.1.Size": 20,
                "DataDisk.1.Device": "/dev/xvdb",
                "DataDisk.2.Size": 20,
                "DataDisk.2.Device": "/dev/xvdb",
            },
            "400 InvalidDevice.InUse",
        ],
        [
            "17 data disks",
            Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`DataDisk.${index + 1}.Size`, 20])),
            "400 InvalidParameter",
        ],
    ];
    for (const [what, changes, answer] of apiErrors) {
        it(`cannot be created with ${what}`, async () => {
            assert.equal(await cloud.ecs.refused("RunInstances", wish(changes)), answer);
        });
    }

    it("have no security strategy with a custom image", async () => {
        const ImageId = await cloud.ownedEcsImage("owned");
        const strategy = { ImageId, SecurityEnhancementStrategy: "Active" };
        assert.equal(
            await cloud.ecs.refused("RunInstances", wish(strategy)),
            "400 InvalidSecurityEnhancementStrategy.NotSupported",
        );
        await run({ SecurityEnhancementStrategy: "Active" });
        await run({ ImageId, PasswordInherit: true });
    });
});
