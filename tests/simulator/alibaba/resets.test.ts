import assert from "node:assert/strict";
import { defaultAlibabaWorld } from "../../../provider/dist/simulator/worlds/alibaba.js";
import { defaultHuaweiWorld } from "../../../provider/dist/simulator/worlds/huawei.js";
import { SignedClient } from "./signedClient.ts";
import {
    closeAll,
    golden,
    minute,
    type Simulated,
    second,
    simulate,
    stopped,
    volumeGroup,
    web,
    windows,
} from "./simulated.ts";

const linux = "a5b0c3d1e2f34455867788990a1b2c01";
const windowsServer = "a5b0c3d1e2f34455867788990a1b2c03";
const smallPlan = { PlanId: "swas.s2.c2m1s40b3t04", Period: 1 };

describe("Alibaba SWAS resets", () => {
    let cloud: Simulated;

    beforeEach(async () => {
        cloud = await simulate();
    });
    afterEach(closeAll);

    const server = async (id: string) =>
        (await cloud.swas.ok("ListInstances", { InstanceIds: JSON.stringify([id]) })).Instances[0];
    const reset = (InstanceId: string, more: Record<string, string> = {}) =>
        cloud.swas.call("ResetSystem", { InstanceId, ...more });
    const code = async (answer: ReturnType<typeof reset>) => {
        const { status, body } = await answer;
        return `${status} ${body.Code}`;
    };
    const dataDiskOf = async (id: string) =>
        (await cloud.swas.ok("ListDisks", { InstanceId: id, DiskType: "data" })).Disks[0].DiskId;
    const create = async (more: Record<string, string | number>) => {
        const { InstanceIds } = await cloud.swas.ok("CreateInstances", { ...smallPlan, ...more });
        cloud.advance(2 * minute);
        return InstanceIds[0];
    };
    /** An image of both disks of a server. */
    const imageOfBoth = async (id: string, name: string) => {
        const SystemSnapshotId = await cloud.snapshot(`system-${name}`, id);
        const data = await cloud.swas.ok("CreateSnapshot", {
            DiskId: await dataDiskOf(id),
            SnapshotName: `data-${name}`,
        });
        cloud.advance(minute);
        const { ImageId } = await cloud.swas.ok("CreateCustomImage", {
            InstanceId: id,
            SystemSnapshotId,
            DataSnapshotId: data.SnapshotId,
            ImageName: name,
        });
        cloud.advance(3 * minute);
        return ImageId;
    };

    it("replace the image of a server, which runs afterwards", async () => {
        const { imageId } = await cloud.image("web-golden-1");
        const password = { "LoginCredentials.Password": "Top-secret-1" };
        assert.equal((await reset(stopped, { ImageId: imageId, ...password })).status, 200);
        assert.equal((await server(stopped)).Status, "Resetting");
        assert.equal(await code(reset(stopped)), "403 IncorrectInstanceStatus");
        cloud.advance(3 * minute);
        const { Status, ImageId, Image } = await server(stopped);
        assert.deepEqual(
            [Status, ImageId, Image.ImageName, Image.ImageType],
            ["Running", imageId, "web-golden-1", "custom"],
        );
        assert.doesNotMatch(JSON.stringify(cloud.sim.registry.objects()), /Top-secret/);
    });

    it("reinstall the same image by default, unless it was deleted", async () => {
        const { imageId } = await cloud.image("web-golden-1");
        const id = await create({ ImageId: imageId });
        assert.equal((await reset(id)).status, 200);
        cloud.advance(3 * minute);
        assert.equal((await server(id)).ImageId, imageId);
        await cloud.swas.ok("DeleteCustomImage", { ImageId: imageId });
        assert.equal(await code(reset(id)), "404 InvalidImageId.NotFound");
    });

    it("reinstall a system that requires a smaller disk than the server has", async () => {
        const [account] = defaultAlibabaWorld.accounts;
        assert.ok(account);
        const old = { id: "1".repeat(32), name: "old", os: "Linux", status: "Running", systemDiskGiB: 20 } as const;
        const accounts = [{ ...account, regions: { "cn-hangzhou": { servers: [old] } } }];
        cloud = await simulate({ world: { alibaba: { accounts }, huawei: defaultHuaweiWorld } });
        assert.equal((await reset(old.id)).status, 200);
    });

    it("reject an image created from the same server, an unknown and an unfinished image", async () => {
        const { imageId, snapshotId } = await cloud.image("web-golden-1");
        assert.equal(await code(reset(web, { ImageId: imageId })), "400 InvalidImageId.CreatedFromInstance");
        assert.equal(await code(reset(web, { ImageId: "m-bp1" })), "404 InvalidImageId.NotFound");
        const unfinished = { InstanceId: web, SystemSnapshotId: snapshotId, ImageName: "unfinished" };
        const { ImageId } = await cloud.swas.ok("CreateCustomImage", unfinished);
        assert.equal(await code(reset(stopped, { ImageId })), "400 IncorrectStatus");
    });

    it("reject a switch between Windows and Linux only outside the mainland", async () => {
        assert.equal((await reset(web, { ImageId: windowsServer })).status, 200);
        const [account] = defaultAlibabaWorld.accounts;
        assert.ok(account);
        const abroad = {
            id: "0".repeat(32),
            name: "abroad",
            os: "Linux",
            status: "Running",
            systemDiskGiB: 40,
        } as const;
        const accounts = [{ ...account, regions: { "cn-hongkong": { servers: [abroad] } } }];
        cloud = await simulate({ world: { alibaba: { accounts }, huawei: defaultHuaweiWorld } });
        const hongkong = new SignedClient(cloud.simulator.url, golden, "swas", "cn-hongkong");
        const asked = { InstanceId: abroad.id, ImageId: windowsServer };
        assert.equal(await hongkong.refused("ResetSystem", asked), "400 InvalidImageId.OsTypeMismatch");
        await hongkong.ok("ResetSystem", { ...asked, ImageId: linux });
    });

    it("require disks at least as large as the image's", async () => {
        const ofBoth = await imageOfBoth(volumeGroup, "both");
        assert.equal(await code(reset(stopped, { ImageId: ofBoth })), "400 InvalidImageId.NoDataDisk");
        assert.equal(await code(reset(web, { ImageId: ofBoth })), "400 InvalidImageId.DataDiskTooSmall");
        const ofWindows = await cloud.image("windows-1", windows);
        assert.equal(await code(reset(web, { ImageId: ofWindows.imageId })), "400 InvalidImageId.SystemDiskTooSmall");
    });

    it("are not possible for servers created from an image with a data disk", async () => {
        const ofBoth = await imageOfBoth(web, "both");
        const id = await create({ ImageId: ofBoth, DataDiskSize: 40 });
        assert.equal(await code(reset(id, { ImageId: linux })), "403 OperationDenied.DataDiskImage");
    });

    it("reject a weak password and the server of another account", async () => {
        const weak = { ImageId: linux, "LoginCredentials.Password": "weak" };
        assert.equal(await code(reset(web, weak)), "400 InvalidPassword.Malformed");
        const foreign = { InstanceId: web, ImageId: linux };
        assert.equal(await cloud.partner.refused("ResetSystem", foreign), "404 InvalidInstanceId.NotFound");
    });

    it("leave the server stopped and otherwise unchanged after a fault", async () => {
        cloud.sim.faults.add({ job: "alibaba.server.reset", reason: "broken" });
        await reset(web, { ImageId: windowsServer });
        cloud.advance(3 * minute);
        const { Status, Image } = await server(web);
        assert.deepEqual([Status, Image.OsType], ["Stopped", "Linux"]);
    });

    describe("of a disk", () => {
        let DiskId: string;
        let SnapshotId: string;

        beforeEach(async () => {
            DiskId = await cloud.systemDisk();
            SnapshotId = await cloud.snapshot("one");
        });
        const stop = async () => {
            await cloud.swas.ok("StopInstance", { InstanceId: web });
            cloud.advance(20 * second);
        };
        const rollBack = (more: Record<string, string> = {}) =>
            cloud.swas.refused("ResetDisk", { DiskId, SnapshotId, ...more });
        const disk = async () => (await cloud.swas.ok("ListDisks", { DiskIds: JSON.stringify([DiskId]) })).Disks[0];
        const snapshot = async () => (await cloud.swas.ok("ListSnapshots")).Snapshots[0];

        it("require a stopped server, and keep it stopped until they are done", async () => {
            assert.equal(await rollBack(), "403 IncorrectInstanceStatus.ResetDisk");
            await stop();
            assert.equal("RollbackTime" in (await snapshot()), false);
            await cloud.swas.ok("ResetDisk", { DiskId, SnapshotId });
            assert.equal((await disk()).Status, "ReIniting");
            assert.equal(await rollBack(), "400 IncorrectStatus");
            assert.equal(await cloud.swas.refused("StartInstance", { InstanceId: web }), "400 IncorrectStatus");
            assert.equal(await code(reset(web)), "400 IncorrectStatus");
            const next = { DiskId, SnapshotName: "two" };
            assert.equal(await cloud.swas.refused("CreateSnapshot", next), "400 IncorrectStatus");
            cloud.advance(30 * second);
            assert.equal((await disk()).Status, "In_use");
            assert.equal((await snapshot()).RollbackTime, "2026-01-01T00:01:50Z");
            await cloud.swas.ok("StartInstance", { InstanceId: web });
        });

        it("change nothing after a fault", async () => {
            await stop();
            cloud.sim.faults.add({ job: "alibaba.disk.rolledBack", reason: "broken" });
            await cloud.swas.ok("ResetDisk", { DiskId, SnapshotId });
            cloud.advance(minute);
            assert.equal((await disk()).Status, "In_use");
            assert.equal("RollbackTime" in (await snapshot()), false);
        });

        it("reject an unknown disk, an unfinished snapshot and the snapshot of another disk", async () => {
            await stop();
            assert.equal(await rollBack({ DiskId: "d-1" }), "404 InvalidDiskId.NotFound");
            assert.equal(await rollBack({ SnapshotId: "s-1" }), "404 InvalidSnapshotId.NotFound");
            assert.equal(await rollBack({ DiskId: await dataDiskOf(web) }), "404 InvalidSnapshotId.NotFound");
            const running = await cloud.swas.ok("CreateSnapshot", { DiskId, SnapshotName: "two" });
            assert.equal(await rollBack({ SnapshotId: running.SnapshotId }), "400 IncorrectStatus");
        });

        it("reject a snapshot from before the last reset of the server", async () => {
            await cloud.swas.ok("ResetSystem", { InstanceId: web });
            cloud.advance(3 * minute);
            await stop();
            assert.equal(await rollBack(), "400 InvalidSnapshotId.BeforeReset");
            const later = await cloud.snapshot("later");
            await cloud.swas.ok("ResetDisk", { DiskId, SnapshotId: later });
        });
    });
});
