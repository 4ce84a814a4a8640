import assert from "node:assert/strict";
import { closeAll, minute, type Simulated, second, simulate, stopped, volumeGroup, web, windows } from "./simulated.ts";

const larger = "swas.s2.c2m4s60b5t12";

describe("Alibaba SWAS changes of servers, disks and snapshots", () => {
    let cloud: Simulated;

    beforeEach(async () => {
        cloud = await simulate();
    });
    afterEach(closeAll);

    const server = async (id: string) =>
        (await cloud.swas.ok("ListInstances", { InstanceIds: JSON.stringify([id]) })).Instances[0];
    const statuses = async (...ids: string[]) => {
        const { InstanceStatuses } = await cloud.swas.ok("ListInstanceStatus", { InstanceIds: JSON.stringify(ids) });
        return InstanceStatuses.map(({ Status }: { Status: string }) => Status).join(" ");
    };

    it("start, stop and reboot several servers, or none", async () => {
        const both = { InstanceIds: JSON.stringify([web, windows]) };
        await cloud.swas.ok("StopInstances", { ...both, ForceStop: true });
        assert.equal(await statuses(web, windows), "Stopping Stopping");
        cloud.advance(20 * second);
        await cloud.swas.ok("StartInstances", both);
        cloud.advance(minute);
        assert.equal(await statuses(web, windows), "Running Running");
        await cloud.swas.ok("RebootInstances", { ...both, ForceReboot: true });
        assert.equal(await statuses(web, windows), "Starting Starting");
        const mixed = { InstanceIds: JSON.stringify([volumeGroup, stopped]) };
        assert.equal(await cloud.swas.refused("StopInstances", mixed), "403 IncorrectInstanceStatus");
        assert.equal(await statuses(volumeGroup, stopped), "Running Stopped");
        const unknown = { InstanceIds: JSON.stringify([stopped, "0"]) };
        assert.equal(await cloud.swas.refused("StartInstances", unknown), "404 InvalidInstanceId.NotFound");
        assert.equal(await statuses(stopped), "Stopped");
        const many = { InstanceIds: JSON.stringify(Array.from({ length: 101 }, () => web)) };
        assert.equal(await cloud.swas.refused("StartInstances", many), "400 InvalidParameter");
        assert.equal(await cloud.swas.refused("StartInstances", {}), "400 MissingInstanceIds");
    });

    it("delete several snapshots and several images, or none", async () => {
        const { imageId, snapshotId } = await cloud.image("one");
        const second = await cloud.imageFrom(snapshotId, "two");
        const spare = await cloud.snapshot("spare");
        const snapshots = async () => (await cloud.swas.ok("ListSnapshots")).TotalCount;
        const remove = { SnapshotIds: JSON.stringify([spare, snapshotId]) };
        assert.equal(await cloud.swas.refused("DeleteSnapshots", remove), "403 SnapshotCreatedImage");
        assert.equal(await snapshots(), 2);
        await cloud.swas.ok("ModifyImageShareStatus", { ImageId: second, Operation: "Share" });
        const both = { ImageIds: JSON.stringify([imageId, second]) };
        assert.equal(await cloud.swas.refused("DeleteCustomImages", both), "400 CustomImageInShare");
        const images = async () => (await cloud.swas.ok("ListCustomImages")).TotalCount;
        assert.equal(await images(), "2");
        const sixteen = { ImageIds: JSON.stringify(Array.from({ length: 16 }, () => imageId)) };
        assert.equal(await cloud.swas.refused("DeleteCustomImages", sixteen), "400 InvalidParameter");
        await cloud.swas.ok("ModifyImageShareStatus", { ImageId: second, Operation: "UnShare" });
        await cloud.swas.ok("DeleteCustomImages", { ImageIds: JSON.stringify([imageId, second, second]) });
        assert.equal(await images(), "0");
        await cloud.swas.ok("DeleteSnapshots", remove);
        assert.equal(await snapshots(), 0);
    });

    it("set remarks of snapshots and disks", async () => {
        const SnapshotId = await cloud.snapshot("one");
        await cloud.swas.ok("UpdateSnapshotAttribute", { SnapshotId, Remark: "before the update" });
        const { Snapshots } = await cloud.swas.ok("ListSnapshots");
        assert.deepEqual([Snapshots[0].Remark, Snapshots[0].SnapshotName], ["before the update", "one"]);
        const unknown = { SnapshotId: "s-1", Remark: "x" };
        assert.equal(await cloud.swas.refused("UpdateSnapshotAttribute", unknown), "404 InvalidSnapshotId.NotFound");
        const long = { SnapshotId, Remark: "x".repeat(257) };
        assert.equal(await cloud.swas.refused("UpdateSnapshotAttribute", long), "400 InvalidRemark.ValueNotSupported");
        const DiskId = await cloud.systemDisk();
        await cloud.swas.ok("UpdateDiskAttribute", { DiskId, Remark: "mine" });
        assert.equal((await cloud.swas.ok("ListDisks")).Disks[0].Remark, "mine");
        assert.equal((await server(web)).Disks[0].Remark, "mine");
        const noDisk = { DiskId: "d-1", Remark: "x" };
        assert.equal(await cloud.swas.refused("UpdateDiskAttribute", noDisk), "404 InvalidDiskId.NotFound");
        assert.equal(await cloud.swas.refused("UpdateDiskAttribute", { DiskId }), "400 MissingRemark");
    });

    it("upgrade a plan with its disk, and never downgrade it", async () => {
        const { Plans } = await cloud.swas.ok("ListInstancePlansModification", { InstanceId: web });
        const offered = Plans.map(({ PlanId, OriginPrice }: { PlanId: string; OriginPrice: number }) => [
            PlanId,
            OriginPrice,
        ]);
        assert.deepEqual(offered[1], [larger, 108]);
        assert.equal(offered.length, 4);
        await cloud.swas.ok("UpgradeInstance", { InstanceId: web, PlanId: larger });
        assert.equal((await server(web)).Status, "Upgrading");
        cloud.advance(minute);
        const { Status, PlanId, ResourceSpec, Disks } = await server(web);
        assert.deepEqual(
            [Status, PlanId, ResourceSpec.Memory, Disks[0].Size, Disks[1].Size],
            ["Running", larger, 4, 60, 40],
        );
        for (const plan of [larger, "swas.s2.c2m1s40b3t04"]) {
            const asked = { InstanceId: web, PlanId: plan };
            assert.equal(await cloud.swas.refused("UpgradeInstance", asked), "400 InvalidPlanId.NotUpgradable");
        }
        const unknown = { InstanceId: web, PlanId: "swas.x" };
        assert.equal(await cloud.swas.refused("UpgradeInstance", unknown), "404 InvalidPlanId.NotFound");
        await cloud.swas.ok("UpgradeInstance", { InstanceId: stopped, PlanId: larger });
        cloud.advance(minute);
        assert.equal((await server(stopped)).Status, "Stopped");
        cloud.sim.faults.add({ job: "alibaba.server.upgraded", reason: "broken" });
        await cloud.swas.ok("UpgradeInstance", { InstanceId: volumeGroup, PlanId: larger });
        cloud.advance(minute);
        const kept = await server(volumeGroup);
        assert.deepEqual([kept.Status, kept.PlanId], ["Running", "swas.s2.c2m1s40b3t04"]);
    });

    it("renew a server for some months", async () => {
        const before = Date.parse((await server(web)).ExpiredTime);
        await cloud.swas.ok("RenewInstance", { InstanceId: web, Period: 3 });
        assert.equal(Date.parse((await server(web)).ExpiredTime) - before, 90 * 24 * 60 * minute);
        const odd = { InstanceId: web, Period: 2 };
        assert.equal(await cloud.swas.refused("RenewInstance", odd), "400 InvalidParameter");
    });

    it("accept passwords of three classes, and on Windows none that begins with a slash", async () => {
        const change = (InstanceId: string, Password: string) =>
            cloud.swas.call("UpdateInstanceAttribute", { InstanceId, Password });
        for (const wrong of ["Short-1", "onlyletters", "Letters1234".repeat(3), "lower-only-", "Top secret 1"]) {
            assert.equal((await change(web, wrong)).body.Code, "InvalidPassword.Malformed", wrong);
        }
        assert.equal((await change(web, "/Letters123")).status, 200);
        assert.equal((await change(windows, "/Letters123")).body.Code, "InvalidPassword.Malformed");
        assert.equal((await change(windows, "Letters123")).status, 200);
        assert.doesNotMatch(JSON.stringify([cloud.sim.registry.objects(), cloud.sim.calls.list()]), /Letters123/);
    });

    it("list the commands of a server, and show that it can run them", async () => {
        const run = async (CommandContent: string) => {
            const asked = { InstanceId: web, Name: "look", Type: "RunShellScript", CommandContent };
            return (await cloud.swas.ok("RunCommand", asked)).InvokeId;
        };
        const list = async (more = {}) =>
            (await cloud.swas.ok("DescribeInvocations", { InstanceId: web, ...more })).Invocations;
        const InvokeId = await run("sync");
        assert.equal((await list({ InvokeStatus: "Running" })).length, 1);
        await run("frobnicate");
        cloud.advance(2 * second);
        assert.deepEqual((await list())[0], {
            InvokeId,
            CommandName: "look",
            CommandType: "RunShellScript",
            CommandContent: "c3luYw==",
            Parameters: {},
            CreationTime: "2026-01-01T00:00:00Z",
            InvocationStatus: "Success",
            InvokeStatus: "Finished",
        });
        assert.deepEqual(
            (await list({ InvokeStatus: "Failed" })).map((one: Record<string, string>) => one.InvocationStatus),
            ["Failed"],
        );
        assert.equal((await cloud.swas.ok("DescribeInvocations", { InstanceId: windows })).TotalCount, 0);
        assert.equal(
            await cloud.swas.refused("DescribeInvocations", { InstanceId: "0" }),
            "404 InvalidInstanceId.NotFound",
        );
        const foreign = { InstanceId: windows, InvokeId };
        const result = cloud.swas.refused("DescribeInvocationResult", foreign);
        assert.equal(await result, "404 InvalidInvokeId.NotFound");
        const asked = { InstanceIds: JSON.stringify([web]) };
        const { CloudAssistantStatus } = await cloud.swas.ok("DescribeCloudAssistantStatus", asked);
        assert.deepEqual(CloudAssistantStatus, [{ InstanceId: web, Status: true }]);
    });

    it("treat a Windows guest without facts in the world as healthy", async () => {
        const { Images } = await cloud.swas.ok("ListImages", { ImageType: "system" });
        const ofWindows = Images.find(({ Platform }: { Platform: string }) => Platform === "Windows");
        const asked = { ImageId: ofWindows.ImageId, PlanId: larger, Period: 1 };
        const { InstanceIds } = await cloud.swas.ok("CreateInstances", asked);
        cloud.advance(2 * minute);
        const [InstanceId] = InstanceIds;
        const command = { InstanceId, Name: "look", Type: "RunPowerShellScript", CommandContent: "Get-StorageSetting" };
        const { InvokeId } = await cloud.swas.ok("RunCommand", command);
        cloud.advance(2 * second);
        const { InvocationResult } = await cloud.swas.ok("DescribeInvocationResult", { InstanceId, InvokeId });
        assert.match(Buffer.from(InvocationResult.Output, "base64").toString(), /OnlineAll/);
    });
});
