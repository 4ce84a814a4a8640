import assert from "node:assert/strict";
import { fitsWildcard } from "../../../provider/dist/simulator/alibaba/gateway/wildcard.js";
import { closeAll, minute, type Simulated, simulate, web } from "./simulated.ts";

describe("Alibaba filters", () => {
    let cloud: Simulated;

    beforeEach(async () => {
        cloud = await simulate();
    });
    afterEach(closeAll);

    const fits: [string, string, boolean][] = [
        ["web-1", "web-1", true],
        ["web-1", "web", false],
        ["web-1", "web*", true],
        ["web-1", "*-1", true],
        ["web-1", "*b-*", true],
        ["web-1", "w*b*1", true],
        ["web-1", "*", true],
        ["web-1", "**", true],
        ["aba", "ab*ba", false],
        ["abxab", "ab*ab*ab", false],
        ["web.1", "web?1", false],
        ["web-1", "w.b*", false],
    ];
    for (const [name, asked, expected] of fits) {
        it(`${expected ? "match" : "do not match"} ${name} with "${asked}"`, () => {
            assert.equal(fitsWildcard(name, asked), expected);
        });
    }

    it("evaluate a wildcard with exponential backtracking in a moment", async () => {
        const ImageId = await cloud.ownedEcsImage("owned");
        await cloud.ecs.ok("ModifyImageAttribute", { ImageId, ImageName: "a".repeat(120) });
        await cloud.swas.ok("UpdateInstanceAttribute", { InstanceId: web, InstanceName: "a".repeat(50) });
        const asked = `${"*a".repeat(12)}*b`;
        const start = Date.now();
        assert.equal((await cloud.ecs.ok("DescribeImages", { ImageName: asked })).TotalCount, 0);
        assert.equal((await cloud.swas.ok("ListInstances", { InstanceName: asked })).TotalCount, 0);
        assert.ok(Date.now() - start < 1000);
        assert.equal((await cloud.ecs.ok("DescribeImages", { ImageName: "*a*aa" })).TotalCount, 1);
    });

    it("find ECS instances by a part of their name and by all their properties", async () => {
        const { Images } = await cloud.ecs.ok("DescribeImages", { ImageOwnerAlias: "system" });
        await cloud.ecs.ok("RunInstances", {
            ImageId: Images.Image[0].ImageId,
            InstanceType: "ecs.g6.large",
            InstanceName: "app-server",
            VSwitchId: "vsw-1",
            SecurityGroupId: "sg-1",
            KeyPairName: "key",
        });
        const [shown] = (await cloud.ecs.ok("DescribeInstances")).Instances.Instance;
        const address = shown.VpcAttributes.PrivateIpAddress.IpAddress[0];
        const found = async (filter: Record<string, string>) =>
            (await cloud.ecs.ok("DescribeInstances", filter)).TotalCount;
        const hits: Record<string, string>[] = [
            { InstanceName: "app*" },
            { InstanceName: "*server" },
            { ImageId: Images.Image[0].ImageId },
            { InstanceType: "ecs.g6.large" },
            { InstanceTypeFamily: "ecs.g6" },
            { InstanceChargeType: "PostPaid" },
            { InstanceNetworkType: "vpc" },
            { KeyPairName: "key" },
            { SecurityGroupId: "sg-1" },
            { VSwitchId: "vsw-1" },
            { VpcId: "vpc-1" },
            { ZoneId: "cn-hangzhou-h" },
            { IoOptimized: "true" },
            { PrivateIpAddresses: JSON.stringify([address]) },
            { "Filter.1.Key": "CreationStartTime", "Filter.1.Value": "2025-12-31T00:00Z" },
        ];
        for (const filter of hits) assert.equal(await found(filter), 1, JSON.stringify(filter));
        const misses: Record<string, string>[] = [
            { InstanceName: "app" },
            { InstanceTypeFamily: "ecs.g" },
            { InstanceNetworkType: "classic" },
            { KeyPairName: "other" },
            { SecurityGroupId: "sg-2" },
            { VSwitchId: "vsw-2" },
            { VpcId: "vpc-2" },
            { ZoneId: "cn-hangzhou-g" },
            { IoOptimized: "false" },
            { PrivateIpAddresses: '["10.0.0.1"]' },
            { PublicIpAddresses: '["10.0.0.1"]' },
            { EipAddresses: '["10.0.0.1"]' },
            { ResourceGroupId: "rg-1" },
            { LockReason: "security" },
            { "Ipv6Address.1": "::1" },
            { "Filter.1.Key": "CreationStartTime", "Filter.1.Value": "2026-02-01T00:00Z" },
            { "Filter.1.Key": "Colour", "Filter.1.Value": "red" },
        ];
        for (const filter of misses) assert.equal(await found(filter), 0, JSON.stringify(filter));
    });

    it("find ECS images, snapshots and disks by their properties, and nothing by others", async () => {
        const ImageId = await cloud.ownedEcsImage("owned");
        const grouped = await cloud.ecs.ok("CopyImage", { ImageId, ResourceGroupId: "rg-1" });
        cloud.advance(11 * minute);
        await cloud.ecs.ok("RunInstances", { ImageId, InstanceType: "ecs.g6.large", ZoneId: "cn-hangzhou-g" });
        const count = async (action: string, filter: Record<string, string>) =>
            (await cloud.ecs.ok(action, filter)).TotalCount;
        const self = { ImageOwnerAlias: "self" };
        const { Images } = await cloud.ecs.ok("DescribeImages", { ...self, ResourceGroupId: "rg-1" });
        assert.deepEqual([Images.Image.length, Images.Image[0].ImageId], [1, grouped.ImageId]);
        assert.equal(Images.Image[0].ResourceGroupId, "rg-1");
        const cases: [string, Record<string, string>, number][] = [
            ["DescribeImages", { ...self }, 2],
            ["DescribeImages", { ...self, ResourceGroupId: "rg-2" }, 0],
            ["DescribeImages", { ...self, ImageFamily: "none" }, 0],
            ["DescribeImages", { ...self, Architecture: "arm64" }, 0],
            ["DescribeImages", { ...self, InstanceType: "ecs.g8y.large" }, 0],
            ["DescribeImages", { ...self, InstanceType: "ecs.g6.large" }, 2],
            ["DescribeImages", { ...self, IsSupportCloudinit: "false" }, 0],
            ["DescribeImages", { ...self, IsSupportIoOptimized: "true" }, 2],
            [
                "DescribeImages",
                { ...self, "Filter.1.Key": "CreationStartTime", "Filter.1.Value": "2026-01-01T00:10Z" },
                1,
            ],
            [
                "DescribeImages",
                { ...self, "Filter.1.Key": "CreationEndTime", "Filter.1.Value": "2026-01-01T00:10Z" },
                1,
            ],
            ["DescribeImages", { ...self, "Filter.1.Key": "CreationEndTime", "Filter.1.Value": "yesterday" }, 0],
            ["DescribeSnapshots", {}, 2],
            ["DescribeSnapshots", { Status: "accomplished", SnapshotType: "user", SourceDiskType: "System" }, 2],
            ["DescribeSnapshots", { Status: "progressing" }, 0],
            ["DescribeSnapshots", { SnapshotType: "auto" }, 0],
            ["DescribeSnapshots", { SnapshotName: "name" }, 0],
            ["DescribeSnapshots", { InstanceId: "i-1" }, 0],
            ["DescribeSnapshots", { Usage: "image", Encrypted: "false" }, 2],
            ["DescribeSnapshots", { Usage: "none" }, 0],
            ["DescribeDisks", { DiskType: "system", Status: "Creating", ZoneId: "cn-hangzhou-g" }, 1],
            ["DescribeDisks", { DiskType: "data" }, 0],
            ["DescribeDisks", { Status: "Available" }, 0],
            ["DescribeDisks", { SnapshotId: "s-1" }, 0],
            ["DescribeDisks", { "Tag.1.Key": "env" }, 0],
        ];
        for (const [action, filter, expected] of cases) {
            assert.equal(await count(action, filter), expected, `${action} ${JSON.stringify(filter)}`);
        }
        assert.equal(await cloud.ecs.refused("DescribeImages", { Usable: true }), "400 MissingStatus");
        cloud.sim.faults.add({ job: "alibaba.ecsImage.usable", reason: "broken" });
        await cloud.ecs.ok("CopyImage", { ImageId });
        cloud.advance(11 * minute);
        assert.equal(await count("DescribeImages", { ...self, Status: "ALL", Usable: "true" }), 2);
        assert.equal(await count("DescribeImages", { ...self, Status: "Available", Usable: "false" }), 1);
        assert.equal(await cloud.ecs.refused("DescribeImages", { DryRun: true }), "400 DryRunOperation");
    });

    it("find objects in a resource group; SWAS objects are in none", async () => {
        const snapshot = { DiskId: await cloud.systemDisk(), SnapshotName: "one", ResourceGroupId: "rg-1" };
        const { SnapshotId } = await cloud.swas.ok("CreateSnapshot", snapshot);
        cloud.advance(minute);
        const image = { InstanceId: web, SystemSnapshotId: SnapshotId, ImageName: "image", ResourceGroupId: "rg-1" };
        await cloud.swas.ok("CreateCustomImage", image);
        for (const [action, list, inGroup] of [
            ["ListSnapshots", "Snapshots", 1],
            ["ListCustomImages", "CustomImages", 1],
            ["ListInstances", "Instances", 0],
            ["ListDisks", "Disks", 0],
        ] as const) {
            const found = await cloud.swas.ok(action, { ResourceGroupId: "rg-1" });
            assert.equal(found[list].length, inGroup, action);
            if (inGroup > 0) assert.equal(found[list][0].ResourceGroupId, "rg-1", action);
            assert.equal((await cloud.swas.ok(action, { ResourceGroupId: "rg-2" }))[list].length, 0, action);
        }
    });
});
