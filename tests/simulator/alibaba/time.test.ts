import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultAlibabaWorld } from "../../../provider/dist/simulator/worlds/alibaba.js";
import { defaultHuaweiWorld } from "../../../provider/dist/simulator/worlds/huawei.js";
import { closeAll, minute, second, simulate, web } from "./simulated.ts";

const worldWith = (changes: Partial<typeof defaultAlibabaWorld>) => ({
    alibaba: { ...defaultAlibabaWorld, ...changes },
    huawei: defaultHuaweiWorld,
});

describe("Alibaba over time", () => {
    let folder: string;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "alibaba-simulator-"));
    });
    afterEach(async () => {
        await closeAll();
        rmSync(folder, { recursive: true });
    });

    it("continues its jobs after a restart, at the time when they were due", async () => {
        const data = join(folder, "cloud.sqlite");
        const before = await simulate({ data });
        const DiskId = await before.systemDisk();
        const { SnapshotId } = await before.swas.ok("CreateSnapshot", { DiskId, SnapshotName: "one" });
        before.advance(30 * second);
        await closeAll();
        const after = await simulate({ data });
        const snapshot = async () => (await after.swas.ok("ListSnapshots")).Snapshots[0];
        assert.deepEqual([(await snapshot()).SnapshotId, (await snapshot()).Progress], [SnapshotId, "50%"]);
        after.advance(10 * minute);
        assert.equal((await snapshot()).Status, "accomplished");
        const done = after.sim.calls.list().find(({ action }) => action === "job.alibaba.snapshot.done");
        assert.equal(done?.at, "2026-01-01T00:01:00.000Z");
    });

    it("jumps to the event that a client polls for with an automatic clock", async () => {
        const cloud = await simulate({ clock: "auto" });
        const DiskId = await cloud.systemDisk();
        const { SnapshotId } = await cloud.swas.ok("CreateSnapshot", { DiskId, SnapshotName: "one" });
        assert.equal((await cloud.swas.ok("ListSnapshots")).Snapshots[0].Status, "accomplished");
        await cloud.swas.ok("CreateCustomImage", { InstanceId: web, SystemSnapshotId: SnapshotId, ImageName: "image" });
        const { CustomImages } = await cloud.swas.ok("ListCustomImages");
        assert.equal(CustomImages[0].Status, "1");
        const { InstanceIds } = await cloud.swas.ok("CreateInstances", {
            ImageId: CustomImages[0].ImageId,
            PlanId: "swas.s2.c2m1s40b3t04",
            Period: 1,
        });
        const statuses: string[] = [];
        for (let poll = 0; poll < 2; poll++) {
            const body = await cloud.swas.ok("ListInstanceStatus", { InstanceIds: JSON.stringify(InstanceIds) });
            statuses.push(body.InstanceStatuses[0].Status);
        }
        assert.deepEqual(statuses, ["Starting", "Running"]);
        assert.equal(new Date(cloud.sim.clock.now()).toISOString(), "2026-01-01T00:05:30.000Z");
    });

    it("returns the same bytes for the same requests and seed, and other ids for another seed", async () => {
        const play = async (seed: number) => {
            const cloud = await simulate({ seed });
            const answers: string[] = [];
            const call = async (action: string, parameters: Record<string, string>) => {
                const { text, body } = await cloud.swas.call(action, parameters);
                answers.push(text);
                return body;
            };
            const { Disks } = await call("ListDisks", { InstanceId: web });
            const { SnapshotId } = await call("CreateSnapshot", { DiskId: Disks[0].DiskId, SnapshotName: "one" });
            cloud.advance(20 * second);
            await call("ListSnapshots", {});
            await call("DeleteCustomImage", { ImageId: "m-bp1" });
            cloud.advance(minute);
            await call("CreateCustomImage", { InstanceId: web, SystemSnapshotId: SnapshotId, ImageName: "image" });
            await call("ListCustomImages", {});
            return { answers: answers.join("\n"), holdings: JSON.stringify(cloud.sim.registry.objects()) };
        };
        const first = await play(1);
        assert.deepEqual(await play(1), first);
        assert.notEqual((await play(2)).answers, first.answers);
    });

    it("takes as long as the world file says", async () => {
        const cloud = await simulate({ world: worldWith({ durations: { snapshot: 5 } }) });
        const DiskId = await cloud.systemDisk();
        await cloud.swas.ok("CreateSnapshot", { DiskId, SnapshotName: "one" });
        cloud.advance(5 * second);
        assert.equal((await cloud.swas.ok("ListSnapshots")).Snapshots[0].Status, "accomplished");
    });

    it("shows new and shared objects with a delay if the world says so", async () => {
        const cloud = await simulate({ world: worldWith({ durations: { listed: 2, ecsShareSeen: 3 } }) });
        const DiskId = await cloud.systemDisk();
        const { SnapshotId } = await cloud.swas.ok("CreateSnapshot", { DiskId, SnapshotName: "one" });
        const snapshots = async () => (await cloud.swas.ok("ListSnapshots")).TotalCount;
        assert.equal(await snapshots(), 0);
        cloud.advance(2 * second);
        assert.equal(await snapshots(), 1);
        cloud.advance(minute);
        const images = async () => (await cloud.swas.ok("ListCustomImages")).TotalCount;
        const image = { InstanceId: web, SystemSnapshotId: SnapshotId, ImageName: "image" };
        const { ImageId } = await cloud.swas.ok("CreateCustomImage", image);
        assert.equal(await images(), "0");
        cloud.advance(3 * minute);
        assert.equal(await images(), "1");
        await cloud.swas.ok("ModifyImageShareStatus", { ImageId, Operation: "Share" });
        const inEcs = async () => (await cloud.ecs.ok("DescribeImages", { ImageId })).TotalCount;
        assert.equal((await cloud.swas.ok("ListCustomImages")).CustomImages[0].InShare, true);
        assert.equal(await inEcs(), 0);
        cloud.advance(3 * second);
        assert.equal(await inEcs(), 1);
        const { ImageId: copyId } = await cloud.ecs.ok("CopyImage", { ImageId });
        const copies = async () =>
            (await cloud.ecs.ok("DescribeImages", { ImageId: copyId, Status: "ALL" })).TotalCount;
        assert.equal(await copies(), 0);
        const launch = { ImageId, InstanceType: "ecs.g6.large" };
        await cloud.ecs.ok("RunInstances", launch);
        const instances = async () => (await cloud.ecs.ok("DescribeInstances")).TotalCount;
        assert.equal(await instances(), 0);
        cloud.advance(2 * second);
        assert.deepEqual([await copies(), await instances()], [1, 1]);
    });
});
