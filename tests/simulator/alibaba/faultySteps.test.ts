import assert from "node:assert/strict";
import { defaultAlibabaWorld } from "../../../provider/dist/simulator/worlds/alibaba.js";
import { defaultHuaweiWorld } from "../../../provider/dist/simulator/worlds/huawei.js";
import { closeAll, minute, type Simulated, second, simulate, stopped, web } from "./simulated.ts";

const worldWith = (durations: Record<string, number>) => ({
    alibaba: { ...defaultAlibabaWorld, durations },
    huawei: defaultHuaweiWorld,
});

describe("Alibaba steps with an injected fault", () => {
    let cloud: Simulated;

    beforeEach(async () => {
        cloud = await simulate();
    });
    afterEach(closeAll);

    const fail = (job: string) => cloud.sim.faults.add({ job, reason: "broken" });
    const server = async (id: string) =>
        (await cloud.swas.ok("ListInstances", { InstanceIds: JSON.stringify([id]) })).Instances[0];
    const status = async (id: string) => (await server(id)).Status;

    it("leave a server stopped after start or reboot, and running after stop", async () => {
        fail("alibaba.server.step");
        await cloud.swas.ok("StartInstance", { InstanceId: stopped });
        cloud.advance(2 * minute);
        assert.equal(await status(stopped), "Stopped");
        fail("alibaba.server.step");
        await cloud.swas.ok("StopInstance", { InstanceId: web });
        cloud.advance(2 * minute);
        assert.equal(await status(web), "Running");
        fail("alibaba.server.step");
        await cloud.swas.ok("RebootInstance", { InstanceId: web });
        cloud.advance(2 * minute);
        assert.equal(await status(web), "Stopped");
    });

    it("leave a new server and a new instance stopped permanently", async () => {
        fail("alibaba.server.step");
        const { Images } = await cloud.swas.ok("ListImages");
        const plan = { PlanId: "swas.s2.c2m1s40b3t04", Period: 1 };
        const { InstanceIds } = await cloud.swas.ok("CreateInstances", { ...plan, ImageId: Images[0].ImageId });
        cloud.advance(30 * minute);
        assert.equal(await status(InstanceIds[0]), "Stopped");
        fail("alibaba.ecsInstance.step");
        const offered = await cloud.ecs.ok("DescribeImages", { ImageOwnerAlias: "system" });
        const run = { ImageId: offered.Images.Image[0].ImageId, InstanceType: "ecs.g6.large" };
        const { InstanceIdSets } = await cloud.ecs.ok("RunInstances", run);
        cloud.advance(30 * minute);
        const inEcs = async () => (await cloud.ecs.ok("DescribeInstances")).Instances.Instance[0].Status;
        assert.equal(await inEcs(), "Stopped");
        const InstanceId = InstanceIdSets.InstanceIdSet[0];
        await cloud.ecs.ok("StartInstance", { InstanceId });
        cloud.advance(minute);
        fail("alibaba.ecsInstance.step");
        await cloud.ecs.ok("StopInstance", { InstanceId });
        cloud.advance(minute);
        assert.equal(await inEcs(), "Running");
    });

    it("start a server only after its creation: a stuck step leaves it Pending", async () => {
        cloud.sim.faults.add({ match: { job: "alibaba.server.step" }, effect: { stickJob: true }, times: 1 });
        const { Images } = await cloud.swas.ok("ListImages");
        const plan = { PlanId: "swas.s2.c2m1s40b3t04", Period: 1 };
        const { InstanceIds } = await cloud.swas.ok("CreateInstances", { ...plan, ImageId: Images[0].ImageId });
        cloud.advance(30 * minute);
        assert.equal(await status(InstanceIds[0]), "Pending");
        assert.equal(cloud.sim.pendingJobs, 0);
    });

    it("keep a server after a failed refund", async () => {
        fail("alibaba.server.released");
        await cloud.bss.ok("RefundInstance", { InstanceId: web, ProductCode: "swas", ImmediatelyRelease: "0" });
        cloud.advance(10 * minute);
        assert.equal(await status(web), "Running");
    });

    it("hide a share from ECS, and leave a copy unusable", async () => {
        cloud = await simulate({ world: worldWith({ ecsShareSeen: 3 }) });
        const { imageId: ImageId } = await cloud.image("web-golden-1");
        const share = (Operation: string) => cloud.swas.ok("ModifyImageShareStatus", { ImageId, Operation });
        const seen = async () => (await cloud.ecs.ok("DescribeImages", { ImageId })).TotalCount;
        fail("alibaba.customImage.shareSeen");
        await share("Share");
        cloud.advance(minute);
        assert.equal(await seen(), 0);
        await share("UnShare");
        await share("Share");
        cloud.advance(3 * second);
        assert.equal(await seen(), 1);
        fail("alibaba.ecsImage.usable");
        const copy = await cloud.ecs.ok("CopyImage", { ImageId });
        cloud.advance(30 * minute);
        const { Images } = await cloud.ecs.ok("DescribeImages", { ImageId: copy.ImageId });
        assert.deepEqual([Images.Image[0].Status, Images.Image[0].Usable], ["Available", false]);
        const run = { ImageId: copy.ImageId, InstanceType: "ecs.g6.large" };
        assert.equal(await cloud.ecs.refused("RunInstances", run), "403 IncorrectImageStatus");
    });

    it("measure the time until ECS sees a share from the latest share", async () => {
        cloud = await simulate({ world: worldWith({ ecsShareSeen: 3 }) });
        const { imageId: ImageId } = await cloud.image("web-golden-1");
        const share = (Operation: string) => cloud.swas.ok("ModifyImageShareStatus", { ImageId, Operation });
        const seen = async () => (await cloud.ecs.ok("DescribeImages", { ImageId })).TotalCount;
        await share("Share");
        cloud.advance(2 * second);
        await share("UnShare");
        await share("Share");
        cloud.advance(2 * second);
        assert.equal(await seen(), 0);
        cloud.advance(second);
        assert.equal(await seen(), 1);
    });
});

describe("Alibaba lists with a lag", () => {
    afterEach(closeAll);

    it("finally show a new object with an automatic clock and no other event", async () => {
        const cloud = await simulate({ clock: "auto", world: worldWith({ listed: 3600 }) });
        const DiskId = await cloud.systemDisk();
        await cloud.swas.ok("CreateSnapshot", { DiskId, SnapshotName: "one" });
        const count = async () => (await cloud.swas.ok("ListSnapshots")).TotalCount;
        // The first poll jumps to the end of the snapshot, the second to the time when lists show it.
        assert.deepEqual([await count(), await count()], [0, 1]);
    });

    it("do not show a new server in any list until the lag is over", async () => {
        const cloud = await simulate({ world: worldWith({ listed: 2 }) });
        const { Images } = await cloud.swas.ok("ListImages");
        const plan = { PlanId: "swas.s2.c2m1s40b3t04", Period: 1 };
        const { InstanceIds } = await cloud.swas.ok("CreateInstances", { ...plan, ImageId: Images[0].ImageId });
        const lists = [
            ["ListInstances", "Instances"],
            ["ListInstanceStatus", "InstanceStatuses"],
            ["ListDisks", "Disks"],
        ] as const;
        const counts = async () => {
            const all = [];
            for (const [action, list] of lists) {
                const { [list]: items } = await cloud.swas.ok(action, { PageSize: 100 });
                all.push(items.filter((item: { InstanceId: string }) => item.InstanceId === InstanceIds[0]).length);
            }
            return all;
        };
        assert.deepEqual(await counts(), [0, 0, 0]);
        cloud.advance(2 * second);
        assert.deepEqual(await counts(), [1, 1, 1]);
        cloud.sim.faults.add({ job: "alibaba.listed", reason: "lost" });
        await cloud.swas.ok("CreateInstances", { ...plan, ImageId: Images[0].ImageId });
        cloud.advance(minute);
        assert.equal((await cloud.swas.ok("ListInstances")).TotalCount, 5);
    });

    it("show a custom image in ListImages after it is available", async () => {
        const cloud = await simulate();
        const SystemSnapshotId = await cloud.snapshot("one");
        const listed = async () => (await cloud.swas.ok("ListImages", { ImageType: "custom" })).Images.length;
        await cloud.swas.ok("CreateCustomImage", { InstanceId: web, SystemSnapshotId, ImageName: "image" });
        assert.equal(await listed(), 0);
        cloud.advance(3 * minute);
        assert.equal(await listed(), 1);
    });
});
