import assert from "node:assert/strict";
import { defaultWorld } from "../../../provider/dist/simulator/worlds/world.js";
import { SignedClient } from "./signedClient.ts";
import { closeAll, golden, partner, type Simulated, simulate } from "./simulated.ts";

type Changes = Record<string, string | number>;

const place = { VSwitchId: "vsw-bp1machineimages0001", SecurityGroupId: "sg-bp1machineimages0001" };
const ubuntu = async ({ ecs }: Simulated) =>
    (await ecs.ok("DescribeImages", { ImageOwnerAlias: "system", OSType: "linux" })).Images.Image[0].ImageId;

describe("networks and types of Alibaba instances", () => {
    let cloud: Simulated;
    let vpc: SignedClient;

    beforeEach(async () => {
        cloud = await simulate();
        vpc = new SignedClient(cloud.simulator.url, golden, "vpc");
    });
    afterEach(closeAll);

    const run = async (changes: Changes) => {
        const request = { ImageId: await ubuntu(cloud), InstanceType: "ecs.g7.large", ...place, ...changes };
        const { status, body } = await cloud.ecs.call("RunInstances", request);
        return status === 200 ? "runs" : `${status} ${body.Code}`;
    };

    const apiErrors: Record<string, [Changes, string]> = {
        "a misspelled type": [{ InstanceType: "ecs.g7.lage" }, "400 InvalidInstanceType.ValueNotSupported"],
        "an unknown family": [{ InstanceType: "ecs.g77.large" }, "400 InvalidInstanceType.ValueNotSupported"],
        "a word as a type": [{ InstanceType: "ecs.none.large" }, "400 InvalidInstanceType.ValueNotSupported"],
        "an unknown security group": [{ SecurityGroupId: "sg-x" }, "404 InvalidSecurityGroupId.NotFound"],
        "one unknown security group of two": [{ "SecurityGroupIds.1": "sg-x" }, "404 InvalidSecurityGroupId.NotFound"],
        "an unknown vSwitch": [{ VSwitchId: "vsw-x" }, "404 InvalidVSwitchId.NotFound"],
        "a vSwitch of another region": [{ VSwitchId: "vsw-uf6machineimages0001" }, "404 InvalidVSwitchId.NotFound"],
        "a vSwitch of another account": [{ VSwitchId: "vsw-bp1machineimages0002" }, "404 InvalidVSwitchId.NotFound"],
        "a security group of another VPC": [{ SecurityGroupId: "sg-1" }, "400 InvalidParameter.Mismatch"],
    };

    for (const [what, [changes, apiError]] of Object.entries(apiErrors)) {
        it(`reject ${what}, and create nothing`, async () => {
            const answer = await run(changes);
            assert.ok(answer.startsWith(apiError), answer);
            assert.deepEqual((await cloud.ecs.ok("DescribeInstances")).Instances.Instance, []);
        });
    }

    it("include known types of every generation, with any network of the account or none", async () => {
        const types = ["ecs.g5.large", "ecs.c6e.4xlarge", "ecs.r8i.2xlarge", "ecs.t5-lc1m1.small", "ecs.sn1ne.large"];
        const more = [
            "ecs.gn6i-c4g1.xlarge",
            "ecs.u1-c1m2.large",
            "ecs.e-c1m1.large",
            "ecs.hfg7.large",
            "ecs.ebmg6.26xlarge",
        ];
        for (const InstanceType of [...types, ...more]) assert.equal(await run({ InstanceType }), "runs", InstanceType);
        const bare = { ImageId: await ubuntu(cloud), InstanceType: "ecs.g7.large" };
        assert.equal((await cloud.ecs.call("RunInstances", bare)).status, 200);
    });

    it("are listed: security groups, vSwitches, VPCs and types", async () => {
        const { SecurityGroups, TotalCount } = await cloud.ecs.ok("DescribeSecurityGroups", {
            SecurityGroupIds: JSON.stringify([place.SecurityGroupId, "sg-x"]),
        });
        assert.deepEqual(
            [TotalCount, SecurityGroups.SecurityGroup[0].SecurityGroupId, SecurityGroups.SecurityGroup[0].VpcId],
            [1, place.SecurityGroupId, "vpc-bp1machineimages0001"],
        );
        const { VSwitches } = await vpc.ok("DescribeVSwitches", { VSwitchId: place.VSwitchId });
        assert.deepEqual(
            VSwitches.VSwitch.map((one: Record<string, unknown>) => [one.VSwitchId, one.VpcId, one.ZoneId]),
            [[place.VSwitchId, "vpc-bp1machineimages0001", "cn-hangzhou-h"]],
        );
        const { Vpcs } = await vpc.ok("DescribeVpcs", { VpcId: "vpc-bp1machineimages0001" });
        assert.deepEqual(Vpcs.Vpc[0].VSwitchIds, { VSwitchId: [place.VSwitchId] });
        const offered = async (more: Changes) => {
            const { AvailableZones } = await cloud.ecs.ok("DescribeAvailableResource", {
                DestinationResource: "InstanceType",
                ...more,
            });
            return AvailableZones.AvailableZone.length;
        };
        assert.deepEqual(
            [
                await offered({}),
                await offered({ InstanceType: "ecs.g7.large" }),
                await offered({ InstanceType: "ecs.x" }),
            ],
            [1, 1, 0],
        );
        const { InstanceTypes } = await cloud.ecs.ok("DescribeInstanceTypes", { "InstanceTypes.1": "ecs.g7.large" });
        assert.deepEqual(
            [InstanceTypes.InstanceType[0].CpuCoreCount, InstanceTypes.InstanceType[0].MemorySize],
            [2, 8],
        );
    });

    it("determine the zone by the vSwitch", async () => {
        const ecs = new SignedClient(cloud.simulator.url, partner, "ecs", "cn-shanghai");
        const image = (await ecs.ok("DescribeImages", { ImageOwnerAlias: "system" })).Images.Image[0].ImageId;
        await ecs.ok("RunInstances", {
            ImageId: image,
            InstanceType: "ecs.g7.large",
            VSwitchId: "vsw-uf6simulated00000001",
            SecurityGroupId: "sg-uf6simulated00000001",
        });
        assert.equal((await ecs.ok("DescribeInstances")).Instances.Instance[0].ZoneId, "cn-shanghai-l");
    });

    it("come from the world if it declares some; otherwise there is one default network", async () => {
        const [first] = defaultWorld.alibaba.accounts;
        assert.ok(first);
        const own = {
            "cn-hangzhou": {
                servers: [],
                vpcs: [{ id: "vpc-own", vSwitches: [{ id: "vsw-own" }], securityGroups: [{ id: "sg-own" }] }],
            },
            "cn-beijing": { servers: [] },
        };
        const alibaba = { accounts: [{ ...first, regions: own }] };
        cloud = await simulate({ world: { ...defaultWorld, alibaba } });
        assert.equal(await run({}), "404 InvalidSecurityGroupId.NotFound");
        assert.equal(await run({ VSwitchId: "vsw-own", SecurityGroupId: "sg-own" }), "runs");
        const beijing = new SignedClient(cloud.simulator.url, golden, "vpc", "cn-beijing");
        const { VSwitches } = await beijing.ok("DescribeVSwitches");
        assert.equal(VSwitches.VSwitch[0].VSwitchId, "vsw-2zemachineimages0001");
    });

    it("include networks that an instance of an earlier version is in", async () => {
        const store = cloud.sim.store({ cloud: "alibaba", account: golden.account, region: "cn-hangzhou" });
        assert.equal(await run({}), "runs");
        const { Instances } = await cloud.ecs.ok("DescribeInstances");
        const kind = { name: "alibaba.ecsInstance", isRecord: false };
        const change = { vSwitchId: "vsw-old", securityGroupIds: ["sg-old"] };
        store.change(kind, Instances.Instance[0].InstanceId, change);
        assert.equal(await run({ VSwitchId: "vsw-old", SecurityGroupId: "sg-old" }), "runs");
    });
});
